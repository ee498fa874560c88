//! shows
fn main(){ let p=std::env::args().nth(1).unwrap(); let r=irenic_read::read_path(p.as_ref(),&irenic_read::ReadConfig::default()).unwrap();
 for d in r.documents { match d { Ok(d)=>{ println!("#### {:?}",d.source); for b in &d.blocks { println!("{:?} p{:?} t{:?} c{}: {:?}",b.kind,b.page,b.table,b.cells.len(),b.span.of(&d.text).chars().take(170).collect::<String>()); }
  for l in &d.links { if let irenic_model::LinkTarget::Note(n)=l.target { println!("  note {:?} -> {:?}", l.span.of(&d.text), n.of(&d.text).chars().take(40).collect::<String>()); } } println!("{} links",d.links.len()); for x in d.diagnostics { println!("  {x}"); } }, Err(e)=>println!("ERR {e}") } }
 for o in r.others { println!("other {o:?}"); } for x in r.diagnostics { println!("{x}"); } }
