//! The word lists, one place for each: words and phrases in lower case, set apart by commas.
//!
//! They are chosen from what stands in real criteria, not copied from a dictionary of weak words: a
//! word is here if a criterion that has it is nearly always worse for it. So "correctly" is here and
//! "stable", which means something in "stable ids", is not.

use super::Class;

/// Every list with its class.
pub(super) const LISTS: &[(Class, &str)] = &[
    (Class::Vague, VAGUE),
    (Class::Escape, ESCAPE),
    (Class::OpenEnd, OPEN_END),
    (Class::Modal, "should,may,might,could,ought to,shouldn't,couldn't"),
    (Class::Ability, "should,may,might,could,ought to,shouldn't,couldn't,can"),
    (Class::Quantity, QUANTITY),
    (Class::Comparative, COMPARATIVE),
    (Class::Placeholder, PLACEHOLDER),
    (Class::Scale, SCALE),
    (Class::Unit, UNIT),
    (Class::Negative, NEGATIVE),
    (Class::Process, PROCESS),
    (Class::Verb, VERB),
    (Class::Pronoun, "it,they,this,that,these,those"),
    (
        Class::Universal,
        "all,every,always,never,each,any,everything,everyone,everybody,none,nothing",
    ),
    (Class::Coordination, "and,or,&"),
    (Class::Checks, CHECKS),
    (Class::Definition, DEFINITION),
    (Class::Filler, FILLER),
    (Class::English, ENGLISH),
    (Class::Foreign, FOREIGN),
];

const VAGUE: &str = "\
    properly,correctly,accurately,gracefully,nicely,cleanly,appropriately,appropriate,proper,\
    reasonable,reasonably,adequate,adequately,sufficient,sufficiently,suitable,suitably,\
    acceptable,acceptably,satisfactory,satisfactorily,good,nice,great,sensible,sensibly,\
    easily,is easy,are easy,easy to,easy-to-use,easy-to-read,simple to,is simple,are simple,\
    simply,user-friendly,user friendly,intuitive,intuitively,convenient,conveniently,\
    seamless,seamlessly,smooth,smoothly,robust,robustly,efficient,efficiently,effective,\
    effectively,fast,quick,quickly,slow,slowly,rapid,rapidly,swiftly,promptly,timely,\
    performant,is responsive,are responsive,remains responsive,remain responsive,\
    stays responsive,stay responsive,is usable,are usable,remains usable,remain usable,\
    stays usable,stay usable,useful,helpful,meaningful,meaningfully,relevant,comprehensive,\
    comprehensively,thorough,thoroughly,optimal,optimally,minimal changes,minimal impact,\
    minimal overhead,minimal effort,minimal disruption,significant,significantly,\
    substantially,considerable,considerably,as expected,works well,work well,performs well,\
    perform well,looks good,look good,well-designed,well-structured,well-organized,\
    well-documented,high-quality,high quality,state-of-the-art,modern,elegant,flexible,\
    scalable,maintainable,visually appealing,attractive,polished,professional,\
    clear error,clear errors,clear message,clear messages,clear feedback,clear warning,\
    clear warnings,clear indication,clear instructions,clear guidance,clear documentation,\
    clear user-facing,is clear,are clear,clearly,clean code,clean separation,\
    desirable,safely,freely,widely,commonly,particularly,extremely,potentially,distinctive,\
    descriptive,legible,readability,legibility,efficiency,ease of use,certain,\
    normal conditions,normal use,friendly";

const ESCAPE: &str = "\
    as needed,if needed,where needed,when needed,as necessary,if necessary,where necessary,\
    when necessary,if possible,where possible,when possible,whenever possible,wherever possible,\
    as soon as possible,as far as possible,as much as possible,as quickly as possible,\
    as closely as possible,if applicable,where applicable,when applicable,as applicable,\
    if appropriate,where appropriate,when appropriate,as appropriate,if required,where required,\
    as required,if relevant,where relevant,when relevant,where feasible,\
    if feasible,when feasible,as feasible,where practical,if practical,as practicable,\
    to the extent possible,to the extent practical,ideally,preferably,if time permits,\
    time permitting,nice to have,where safe,where sensible,where reasonable,\
    if deemed necessary,as deemed necessary,if desired,as desired";

const OPEN_END: &str = "\
    etc,et cetera,and so on,and so forth,including but not limited to,including without limitation,\
    and more,and others,among others,amongst others,and similar,or similar,and the like,\
    or the like,and such,or something";

const QUANTITY: &str = "\
    some,several,many,few,a few,various,most,numerous,a lot,a lot of,lots of,a number of,\
    a couple of,plenty of,a variety of,a range of,a handful of,a majority of,the majority of,\
    a large number of,a small number of,often,rarely,sometimes,\
    frequently,occasionally,usually,generally,typically,mostly";

const COMPARATIVE: &str = "\
    better,worse,faster,slower,quicker,easier,harder,simpler,smaller,larger,bigger,more,less,\
    higher,lower,longer,shorter,greater,fewer,cleaner,clearer,smoother,cheaper,safer,stronger,\
    weaker,nicer,richer,smarter,improved,improves";

const PLACEHOLDER: &str = "\
    tbd,tbc,tba,fixme,lorem ipsum,to be defined,to be determined,to be decided,to be confirmed,\
    to be discussed,to be specified,to be clarified,to be refined";

const SCALE: &str = "\
    within,timeout,timeouts,latency,delay,duration,interval,response time,load time,loading time,\
    times out,file size,upload size,download size,image size,memory usage,bandwidth,throughput,\
    waits,wait,lasts,expires after,expires in,expire after,expire in,debounce,debounced,ttl";

const UNIT: &str = "\
    ms,s,sec,secs,second,seconds,millisecond,milliseconds,microseconds,minute,minutes,min,mins,\
    hour,hours,h,hr,hrs,day,days,week,weeks,month,months,year,years,kb,mb,gb,tb,kib,mib,gib,byte,\
    bytes,kilobytes,megabytes,gigabytes,bit,bits,hz,khz,mhz,fps,rps,px,pixel,pixels,percent,km,m,\
    cm,mm,meter,meters,metres,kg,g,working,business";

const NEGATIVE: &str = "\
    no,not,never,none,nothing,nobody,neither,nor,without,cannot,can't,don't,doesn't,isn't,aren't,\
    won't,didn't,wasn't,weren't,shouldn't,couldn't,mustn't,unless,except,only,instead,otherwise,\
    error,errors,erroneous,exception,exceptions,invalid,invalidates,incorrect,wrong,bad,malformed,\
    corrupt,corrupted,broken,unknown,unexpected,unsupported,undefined,null,empty,blank,missing,\
    absent,fail,fails,failed,failing,failure,failures,reject,rejects,rejected,refuse,refuses,\
    refused,deny,denies,denied,forbid,forbids,forbidden,disallow,disallows,disallowed,prevent,\
    prevents,prevented,block,blocks,blocked,unauthorized,unauthorised,unauthenticated,expired,\
    expires,timeout,timeouts,limit,limits,maximum,minimum,exceed,exceeds,exceeded,exceeding,too,\
    duplicate,duplicates,conflict,conflicts,warn,warns,warning,warnings,offline,unavailable,\
    unreachable,unreadable,lost,cancel,cancels,cancelled,canceled,abort,aborts,aborted,disabled,\
    declined,declines,rollback,retry,retries,retried,fallback,stale,edge,last,zero,ignored,ignores,\
    skipped,skips,hidden,excluded,excludes,unchanged,least,most,older,negative,interrupted,crash,\
    crashes,wrongly,twice,already";

const PROCESS: &str = "\
    update,add,create,implement,refactor,fix,write,document,investigate,configure,set up,setup,\
    install,migrate,move,rename,replace,extract,rewrite,clean up,cleanup,research,design,build,\
    test,review,develop,integrate,introduce,remove,delete,merge,convert,upgrade,optimize,optimise,\
    improve,extend,deploy,publish,prepare,define,identify,analyze,analyse,evaluate,assess,decide,\
    choose,discuss,plan,run,check,commit,make";

const VERB: &str = "\
    is,are,was,were,be,has,have,does,do,shows,show,displays,display,appears,appear,opens,open,\
    returns,return,works,work,supports,support,includes,include,accepts,accept,passes,pass,fails,\
    fail,requires,require,produces,creates,validates,validate,contains,contain,remains,remain,\
    stays,keeps,uses,lists,allows,provides,covers,cover,exists,exist,saves,sends,updates,removes,\
    deletes,adds,writes,reads,renders,render,loads,runs,starts,stops,closes,gets,takes,gives,goes,\
    triggers,handles,handle,matches,reports,prints,exits,surfaces,pre-fills,prefills,mirrors,\
    succeeds,succeed,completes,complete,rejects,exposes,exercises,resolves,resolve,can,cannot,must,\
    will,should,may,navigates,redirects,records,points,prompts,respects,becomes,moves,changes,\
    drives,verify,verifies,prove,proves,confirm,confirms,applies,defines,record,defaults,added,\
    mapped,documented,archives,auto-populates,reviewed,updated,covered";

const CHECKS: &str = "\
    all,existing,current,new,unit,integration,e2e,end-to-end,regression,acceptance,automated,\
    test,tests,testing,suite,suites,spec,specs,pass,passes,passing,passed,still,continue,continues,\
    to,the,a,is,are,green,ci,build,builds,pipeline,succeed,succeeds,successfully,lint,linting,\
    linter,typecheck,type-check,type,check,checks,typescript,compile,compiles,compilation,and,no,\
    errors,error,warnings,without,added,written,updated,with,run,runs,full,coverage,clean,relevant,\
    focused,for,code,in,remain,remains";

const DEFINITION: &str = "\
    such as,for example,for instance,e.g,i.e,namely,meaning,listing,naming,showing,stating,saying,\
    explaining,containing,identifying,suggesting,describing,indicating,pointing,telling,matching,\
    citing,mentioning,rather than,instead of,without,by,than,using,that,which,compared,like,as in";

const FILLER: &str = "\
    of,is,are,be,below,under,over,above,at,most,least,less,more,than,to,up,set,the,a,an,exceeds,\
    exceed,stays,stay,after,for,in,within,max,maximum,minimum,about,must,not,does,by,defaults,\
    default,value,equals,another";

const ENGLISH: &str = "\
    the,and,is,are,with,of,to,for,from,that,this,when,by,it,its,be,has,have,can,cannot,which,each,\
    every,shows,show,should,must,will,not,if,after,before,without,into,their,they,user,users,at,as,\
    all,works,work,an,on,or,error,page,tests,no,within,across,during,under,over,between,through,\
    even,via,per,until,because";

const FOREIGN: &str = "\
    der,die,das,und,ist,nicht,ein,eine,einen,einem,einer,eines,mit,wird,werden,auf,dem,zu,von,kann,\
    im,bei,nach,aus,oder,sind,sich,wenn,wie,auch,nur,alle,muss,soll,als,zum,zur,keine,kein,jede,\
    jeder,jedes,beim,durch,ohne,bis,vom,hat,haben,dass,ihre,seine,diese,dieser,\
    le,la,les,des,une,est,et,dans,pour,avec,sur,qui,que,du,au,aux,sont,pas,peut,doit,il,elle,ce,\
    cette,plus,\
    el,los,las,un,una,para,por,del,se,al,como,debe,puede,sin,cuando,todos,todas,\
    lo,gli,di,della,che,sono,senza,nel,alla,\
    het,een,voor,wordt,worden,zijn,niet,naar,bij,dat,door,deze,\
    os,uma,com,da,dos,em,ao,quando,sem,deve,\
    och,att,som,ett,inte,og,ikke,til,av,skal,kan,\
    nie,jest,na,oraz,przez,jako";
