//! Where the gazetteer's places lie: a file beside it, by the number of the record.
//!
//! `IRCOO1`, two zero bytes, then four bytes a record in the gazetteer's order: latitude and longitude as little-endian
//! `i16` in steps of 90/32767 and 180/32767 degrees (at most 610 m); the smallest `i16` twice where nothing is known.

/// What the file begins with.
const MAGIC: &[u8; 8] = b"IRCOO1\0\0";

/// The step of both values at the ends of their ranges.
const STEPS: f64 = 32_767.0;

static EMBEDDED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/gazetteer/coordinates.bin"));

/// A point on the globe, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// North of the equator, -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, -180 to 180.
    pub longitude: f64,
}

/// Where the thing with this record number lies; `None` where it is no place, or no point of it is known.
pub(super) fn of(id: u32) -> Option<Coordinates> {
    let rest = EMBEDDED.strip_prefix(MAGIC)?;
    let at = 4 * id as usize;
    let bytes = rest.get(at..at + 4)?;
    let latitude = i16::from_le_bytes([bytes[0], bytes[1]]);
    let longitude = i16::from_le_bytes([bytes[2], bytes[3]]);
    (latitude != i16::MIN).then(|| Coordinates {
        latitude: f64::from(latitude) / STEPS * 90.0,
        longitude: f64::from(longitude) / STEPS * 180.0,
    })
}

/// The file's bytes for the points of the records, in the gazetteer's order.
#[must_use]
pub fn encode_coordinates(points: &[Option<Coordinates>]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    for point in points {
        let steps = |degrees: f64, range: f64| (degrees / range * STEPS).round().clamp(-STEPS, STEPS) as i16;
        let (latitude, longitude) = point.map_or((i16::MIN, i16::MIN), |point| {
            (steps(point.latitude, 90.0), steps(point.longitude, 180.0))
        });
        bytes.extend(latitude.to_le_bytes());
        bytes.extend(longitude.to_le_bytes());
    }
    bytes
}
