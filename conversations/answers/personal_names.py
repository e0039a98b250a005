"""Frequent given names and surnames of Türkiye, folded: by them a line without a label is told to be a person."""

from conversations.answers.plain import terms

GIVEN = terms(
    """
    abbas abdulkadir abdullah abdulkerim abdurrahman abidin adalet adem adil adile adnan afife agah ahmet ahsen akif
    akin alaattin alev ali alican alihan alime aliye alp alparslan alper alperen altan altay anil aras arda arif
    arife armagan arzu asaf asim asiye aslan asli aslihan asu asuman asya ata atakan atalay atilla atila avni ayberk
    ayca aybuke ayda aydan aydin ayfer aygul ayhan ayla aylin aynur aysan aysegul aysel aysen aysenur ayse aysin
    aysu aysun ayten aytac aytekin aziz azize azra bahadir bahar bahattin bahri baki bahtiyar banu baran baris basak
    batuhan bayram bedia bedirhan bedri begum behcet behice behzat bekir bektas belgin belkis belma bengu bennur
    berat berfin beril berk berkan berkay berke berna berrin beste besir betul beyhan beyza bilal bilge bilgin
    bilgehan binnur birgul birol birsen bora bugra bulent burak burcak burcin burcu burhan burhanettin busra can
    canan caner cansu cavit celal celalettin celil cem cemal cemalettin cemil cemile cemre cenap cengiz cenk cennet
    cesur cevat cevdet ceyda ceyhan ceyhun ceylan cigdem cihan cihangir cihat cumali cuneyt cagan cagatay cagdas
    cagla caglar cagri cetin cinar damla davut defne demet demir deniz derin dervis derya devrim didem dilan dilara
    dilek dinc dogan doganay dogukan dogus dondu duran durdu durmus dursun duygu ebru ebubekir ece eda edanur edip
    efe efecan ege egemen ekin ekrem ela elanur elif elifnur elmas elvan emel emin emine emir emirhan emrah emre
    emriye ender enes engin enis enver ercan ercument erdal erdem erden erdi erdinc erdogan eren ergin ergun erhan
    erkan erkin erkut erman erol ersan ersin ersoy ertan ertugrul erva esat esen esin eslem esma esmanur esra ethem
    evren evrim eylem eylul eymen eyup ezgi fadime fahrettin fahri fahriye faik faruk fatih fatma fatmagul fatmanur
    fazil fazilet fehmi ferda ferdi ferhan ferhat ferhunde ferit feride feridun feriha ferruh fethi fethiye fevzi
    fevziye feyza feyzullah fidan figen fikret fikri fikriye filiz firat firdevs firuze fuat fulya funda furkan
    galip gamze gaye gazi gencay gizem gokay gokce gokcen gokhan gokmen goksel goktug gonca gonul gozde gul gulay
    gulbahar gulcan gulcin gulden guler gulfem gulhan gulizar gullu gulnaz gulnur gulsah gulsen gulseren gulsum
    gulsun gultekin gulten gunay gunes gungor gunseli gurbuz gurcan gurkan gursel guven guzin habib habibe habil
    hacer haci hadi hadiye hafize hakan hakki haldun hale halide halil halim halime halit haluk hami hamdi hamdiye
    hamide hamit hamza handan hande hanife hanim harun hasan hasibe hasim hasret hatice hatun hava havva haydar
    hayati haydarali hayrettin hayri hayriye hayrullah hayrunnisa hazal hedef hediye hidayet hidir hikmet hilal
    hilmi himmet hulya hurriyet husamettin husniye husnu huseyin huma ibrahim ibrahimhalil idil idris ihsan ikbal
    ilayda ilhami ilhan ilkay ilker ilknur ilyas imdat inan inanc inci ipek irem irfan isa ishak iskender islam
    ismail ismet ismihan izzet izzettin jale kaan kader kadir kadri kadriye kagan kamer kamil kamile kamuran kazim
    kemal kemalettin kenan kerem kerim kerime kevser kezban kiraz kismet kivanc koksal koray kubilay kubra kudret
    kumru kursat kutay kutlu lale latif latife lemi levent leyla lutfi lutfiye lutfu macide mahir mahmut makbule
    mansur maruf mazhar mazlum medine mehmet mehmetali mehtap melahat melda melek meliha melih melike melis melisa
    meltem memduh memet menderes menekse meral merih mert mertcan merve meryem mesut metehan metin mevlude mevlut
    mihriban mine mirac miray mithat muammer muazzez mucahit muge muhammed muhammet muharrem muhittin muhsin
    muhterem muhtesem mujdat mujde mujgan mukaddes mukadder mumin mumtaz munevver munir munire murat murathan
    murside mursel murvet musa mustafa mutlu muzaffer muzeyyen nabi naci naciye nadide nadir nadire nafiz nahit naim
    naime nalan nami namik narin nasuh naz nazan nazif nazife nazim nazime nazli nazmi nazmiye neba nebahat nebi
    necati necdet necip necla necmettin necmi necmiye nedim nefise nehir nejat nejla neriman nermin neslihan nesrin
    nesibe nese neset nevin nevra nevriye nevzat nezahat nezih nezihe nezir nida nigar nihal nihan nihat nil nilay
    nilgun nilufer nimet nisa nisan nisanur niyazi nizamettin nuh nuran nuray nurcan nurdan nuretttin nurettin
    nurgul nurhan nuri nuriye nurten nurullah nursel nursen nursena nusret okan okay oktay olcay olgun onur onder
    oral orcun orhan orkun osman oya oyku ozan ozcan ozden ozer ozge ozgen ozgur ozkan ozlem ozgul ozhan ozay pakize
    pelin pelinsu peker perihan pervin petek pinar polat poyraz rabia raif raife ramazan rana rasim rasit raziye
    recai recep refik refika remzi remziye renan resat resul reyhan resit reyyan ridvan rifat rifki riza ruhi rukiye
    rumeysa rustem ruveyda ruya ruzgar sabahat sabahattin sabiha sabri sabriye sacide sacit sadettin sadik sadiye
    sadullah saffet safiye sahin saime sait sakine salih saliha salim samet sami samiye saniye sanem saziye seda
    sedat sedef sefa sefer seher selahattin selami selcan selcuk selda selen selim selin selma selman selva semih
    semiha semra sena senem ser serap seray sercan serdal serdar seren serhan serhat serife serkan sermin serpil
    serra sertac servet seval sevcan sevda sevgi sevgul sevil sevilay sevim sevinc sevket sevki sevtap seyfettin
    seyfi seyhan seyit seyma seza sezai sezen sezer sezgin sezin sibel siddik simay simge sinan sinem sirin sirma
    sitki soner songul suat sude sudenur suheyla sukran sukru sukriye sule suleyman sultan sumeyye suna suphi
    surreya sureyya suzan saban sadan saduman safak sakir seniz sennur senol serafettin seref serif sevval sinasi
    taha tahir tahsin talat talip talha tamer tan taner tansu tanju tarik tarkan tayfun tayfur tayyar tayyip tekin
    temel teoman tevfik tezcan tijen timucin timur tolga tolunay toprak tugba tugce tugrul tugay tuba tulay tulin
    tuna tuncay tuncer tunc turan turgay turgut turhan turkan tumay ubeyde ufuk ugur ulas ulku ulvi umit umut umran
    umur utku ugurcan unal ural ulviye vahap vahit vahide vasfi vedat vecihi vehbi veli veysel veysi vildan volkan
    yagiz yagmur yahya yakup yalcin yaman yaprak yaren yaser yasar yasemin yasin yavuz yelda yeliz yener yesim yeter
    yigit yigitcan yildiray yildirim yildiz yilmaz yonca yucel yuksel yunus yurdagul yurdanur yusuf yusra zafer
    zahide zahit zarife zehra zekai zeki zekiye zekeriya zeliha zerrin zeynel zeynep zeynettin ziya ziynet zubeyde
    zubeyir zuhal zuhtu zuhre zulal zulfikar zulfiye zulkuf zumrut zumra deren doruk kuzey guney alya asel mina lina
    miran ada ayaz yusufali huseyinali muhammedali john james robert michael david maria anna peter thomas elena
    olga natalia sofia omer omur oguz oguzhan olcayto ogun ozgun unsal usame ucler samil sehriban sehmus sekip
    sengul senay sener suayip semsettin semsi seyda seyho sahap sahabettin saheser hayat ilkin isil isik isilay isin
    irmak ilgin ilgaz itir iclal
    """
)

SURNAMES = terms(
    """
    acar ak akbas akbulut akca akcay akdag akdeniz akdogan akgul akgun akin akkaya akkus akman akpinar aksoy aksu
    aktas akyol akyuz albayrak alkan alp altin altinok altintas altun altuntas apaydin ari arikan arslan aslan ata
    atalay ates avci ay aydemir aydin aydogan aygun aykut aytekin bakir bal balci baran bas basaran basar bastug
    batur bayar bayrak bayraktar bayram baysal bekar berber bicer bilgic bilgin bilir bolat boz bozdag bozkurt
    bozkus bulut burak can candan cakir cakmak calik caliskan cam celebi celik cetin cetinkaya ceylan ciftci cicek
    cihan cinar coban coskun dag dagdelen dal danis demir demirbas demirci demircan demirel demirkan demirtas deniz
    dere dermenci dincer dikmen dogan doganay dogru dogu dumlupinar dundar durak duran durmaz durmus dursun duman
    efe ekinci elmas emre er eraslan erbay ercan erdem erdogan eren ergin ergun erkan eroglu erol ersoy ertas
    ertekin ertugrul esen eser fidan firat genc gezer gok gokalp gokce gokmen goktas guler gul gulec gulmez gumus
    gun gunay gundogdu gundogan gunduz gunes gungor gur gurbuz gurel gursoy guven guzel han helvaci ince inan ipek
    isik kahraman kahveci kalkan kalyoncu kandemir kaplan kara karaaslan karabulut karaca karadag karadeniz karagoz
    karahan karakaya karakas karakoc karakurt karakus karaman karan karatas karatay kartal kaya kayahan keles keser
    keskin kilic kilinc kirac kiraz koc kocak kocaman konak korkmaz koroglu koruk kose koyuncu kucuk kurt kurtulus
    kus kutlu kuzu mert metin mutlu narin oguz oktay okur onal oral orhan ozbay ozbek ozcan ozcelik ozdemir ozden
    ozdogan ozen ozer ozgur ozkan ozmen ozsoy ozturk oztas oz onder ozkaya ozalp pala parlak peker pektas polat
    sahin sahan sari sarikaya savas sayan sen sener senol sevim sezer sezgin simsek solmaz sonmez soylu soysal sozen
    subasi sucu sunar tan tas tasci tasdemir tastan taskin tatar tekin temel tekeli temiz tezcan tok toker topal
    topcu toprak tosun tuna tuncer tunc turan turgut turk turkmen turkoglu tufan ucar ugur ulas ulusoy unal
    unlu usta uslu uysal uyanik uzun uzuner varol vural yalcin yaman yanik yasar yavas yavuz yazici yesil yesilyurt
    yetkin yigit yildirim yildiz yilmaz yorulmaz yuce yucel yuksel yurt yurtsever zengin zorlu
    """
)
