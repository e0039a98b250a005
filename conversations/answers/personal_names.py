"""Frequent given names and surnames of Türkiye, folded: by them a line without a label is told to be a person."""

from conversations.answers.plain import terms

GIVEN = terms(
    """
    abbas abdulkadir abdulkerim abdullah abdurrahman abidin ada adalet adem adil adile adnan afife agah ahmet ahsen
    akif akin alaattin alara alev aleyna ali alican alihan alime aliye alp alparslan alper alperen altan altay alya
    amine anil anna aras arda arif arife armagan arzu asaf asel asim asiye aslan asli aslihan asu asude asuman asya
    ata atakan atalay atila atilla avni ayaz ayben ayberk aybige aybike aybuke ayca ayda aydan aydin ayfer aygul
    aygun ayhan aykut ayla aylin aynur aysan ayse aysegul aysel aysen aysenur aysima aysin aysu aysun aytac aytekin
    ayten azad aziz azize azmi azra bahadir bahar bahattin bahri bahtiyar baki banu baran baris basak batu batuhan
    bayhan bayram bedia bedirhan bedri bedriye begum behcet behice behzat bekir bektas belgin belinay belkis belma
    bengu bennur berat berfin berfu beril berk berkan berkay berke berna berra berrin berzan besir beste betul
    beyazit beyhan beyza bilal bilge bilgehan bilgin bilun binnaz binnur bircan birce birgul birol birsen birsu bora
    bugra bulent burak burcak burcay burcin burcu burhan burhanettin busenur busra cagan cagatay cagdas cagla caglar
    cagri cahide cahit can canan candan caner canip cansel canset cansin cansu cavidan cavide cavit celal celalettin
    celik celil cem cemal cemalettin cemil cemile cemre cenap cengiz cenk cennet ceren cesur cetin cevat cevdet
    cevriye ceyda ceyhan ceyhun ceylan ceylin cigdem cigil cihan cihangir cihat cinar cinel cumali cuneyt dagcan
    damla david davut defne demet demir deniz deren derin dervis derya devrim didem dilan dilara dilber dilek dilnur
    dinc dogan doganay dogukan dogus dondu dora doruk duha duran durdane durdu durmus dursun dursune duru duygu
    ebrar ebru ebubekir ece ecem ecrin eda edanur edip efe efecan eflin efsane ege egehan egemen ekin ekrem ela
    elanur elcan elcin elena elif elifnur elmas elmira elvan elvin emel emin emine emir emirali emirhan emirkan
    emrah emre emriye emsal ender enes engin enis enver eray ercan erce ercihan ercin ercument erdal erdem erden
    erdi erdinc erdogan eren erengul ergin ergul ergun erhan erkan erkay erkin erkut erman erol ersan ersel ersin
    ersoy ertan ertugrul erva esat esen esila esin eslem esma esmanur esmeray esra ethem evin evren evrim evsen
    eylem eylul eymen eyup eyuphan ezgi fadime fahrettin fahri fahriye faik faruk fatih fatma fatmagul fatmanur
    fazil fazilet fazli feda fehime fehmi ferah feraye ferayi ferda ferdi ferhal ferhan ferhat ferhunde feride
    feridun feriha ferit ferruh feryal fethi fethiye fevzi fevziye feyza feyzi feyzullah fidan figen fikret fikri
    fikriye filiz firat firdevs firuze fitnat fuat fulya funda furkan furuzan galip gamze gaye gazi gencay gizem
    gokay gokce gokcen gokcenur gokhan gokmen goksel goktug gonca gonul gozde gul gulay gulbahar gulbeste gulbeyaz
    gulbin gulcan gulcin gulden gulderen gulendam guler gulfem gulhan gulistan gulizar gullu gulnara gulnaz gulnihal
    gulnur gulruh gulsade gulsah gulsen gulseren gulsim gulsu gulsum gulsun gultekin gulten gulumser gunay gunce
    gunes guney gungor gunsel gunseli guray gurbuz gurcan gurkan gurol gursel guven guzin habib habibe habil hacer
    haci hadi hadise hadiye hafize hafsa hakan hakki haktan haldun hale halenur halid halide halil halim halime
    halit haluk hamdi hamdiye hami hamide hamit hamza handan hande handenur hanife hanim harika harun hasan hasibe
    hasim hasret hatice hatun hava havva havvanur hayal hayat hayati haydar haydarali hayrettin hayri hayriye
    hayrullah hayrunnisa hazal hazan hedef hediye heja helin hicran hidayet hidir hikmet hilal hilmi hilmiye himmet
    hivda hulya huma humeyra hurriyet husamettin huseyin huseyinali husna husniye husnu ibrahim ibrahimhalil iclal
    idil idris ihsan ikbal iklim ikra ilayda ilgaz ilgin ilhami ilhan ilkay ilkem ilker ilkin ilknur ilmiye ilyas
    imdat imran inan inanc inci ipek irem irfan irmak isa ishak isik isil isilay isin isinsu iskender islam ismail
    ismet ismetcan ismihan itir izzet izzettin jale james jiyan john julide kaan kader kadife kadir kadri kadriye
    kagan kamber kamer kamil kamile kamuran kaya kayahan kayra kazim kemal kemalettin kenan kerem keremcan kerim
    kerime kevser kezban kibar kiraz kismet kivanc koksal koray korkut kubilay kubra kudret kumru kursat kurtulus
    kutay kutlay kutlu kuzey lale lalezar lara latif latife leman lemi letafet levent leyla lidya lina livan lorin
    lutfi lutfiye lutfu macide mahinur mahir mahmure mahmut maide makbule manolya mansur maria maruf maya mazhar
    mazlum mediha medine mefharet mehmet mehmetali mehmetcan mehpare mehriban mehtap melahat melda melek meleksah
    melih meliha melik melike melis melisa meltem memduh memet menderes menekse meral mercan merih mert mertcan
    merve meryem meryemnur mesut mete metehan metin mevhibe mevlude mevlut michael mihriban mina mine mira mirac
    miran miray mirza mithat miyase mualla muammer muazzez muberra mucahit muesser muge muhammed muhammedali
    muhammet muharrem muhittin muhsin muhsine muhterem muhtesem mujdat mujde mujgan mukadder mukaddes mukerrem mumin
    mumtaz munevver munir munire murat murathan mursel murside murvet musa musab muserref mustafa mutlu muzaffer
    muzeyyen nabi naci naciye nadide nadir nadire nafi nafiz nahit nail naile naim naime nalan nami namik narin
    nasuh natalia naz nazan nazenin nazif nazife nazim nazime nazire nazli nazmi nazmiye neba nebahat nebi necati
    necdet necibe necip necla necmettin necmi necmiye nedim nefise nehir nejat nejla neriman nermin nese neset
    nesibe neslihan neslisah nesrin nevbahar nevin nevra nevriye nevzat nezahat nezih nezihe nezir nida nigar nihal
    nihan nihat nil nilay nilgun nilsu nilufer nimet nisa nisan nisanur niyazi nizamettin nuh nuran nuray nurbanu
    nurben nurcan nurcihan nurdan nurefsan nurettin nuretttin nurfer nurgul nurgun nurhak nurhan nurhayat nuri
    nuriye nursel nurseli nursen nursena nursev nursima nurten nurullah nusret nuvit ogun oguz oguzhan okan okay
    oktay okyanus olcay olcayto olga olgu olgun omer omercan omriye omur oncu onder onur oral orcun orhan orhun
    orkun osman osmancan oya oyku ozan ozay ozben ozcan ozden ozer ozge ozgecan ozgen ozgenur ozgul ozgun ozgur
    ozhan ozkan ozlem ozlen ozum pakize peker pelin pelinsu pembe perihan pervin petek peter pinar polat poyraz
    rabia raci rahime rahmi rahmiye rahsan raif raife ramazan ramis rana rasim rasime rasit rauf raziye recai recep
    refia refik refika remzi remziye renan rengin resat resit resul reyhan reyyan rezzan ridvan rifat rifki riza
    robert ruhi ruhsar ruhsen rukiye rumeysa rusen rustem ruveyda ruya ruzgar saadet sabahat sabahattin saban sabiha
    sabit sabri sabriye sacide sacit sadakat sadan sadettin sadik sadiye sadullah saduman safa safak saffet safiye
    sahabettin sahap saheser sahin sahra sahure saime sait sakine sakir salih saliha salim salime samet sami samil
    samime samiye sanem saniha saniye sare sarp sarper sayra saziye sebahat sebahattin seda sedat sedef seden sefa
    sefer sefika seher sehmus sehnaz sehriban sekine sekip selahattin selami selcan selcuk selda selen selim selime
    selin selma selman selva selvi semanur semih semiha semra semsettin semsi sena senar senay sencan senem sener
    sengul seniz sennur senol ser serafettin serap seray sercan serdal serdar serden seref seren serenay serhan
    serhat serif serife serifenur serkan sermin sernur serpil serra sertac servet servinaz setenay seval sevcan
    sevcihan sevda sevdiye sevgi sevgul sevil sevilay sevim sevinc sevket sevki sevkiye sevtap sevval seyda
    seyfettin seyfi seyfullah seyhan seyho seyit seyma seza sezai sezen sezer sezgi sezgin sezin sibel sidal sidar
    siddik siddika sima simay simge simten sinan sinasi sinem sirac sirin sirma sitare sitki sofia soner songul
    soydan suat suay suayip sude sudenur suheda suheyla sukran sukriye sukru sukufe sule suleyman sultan sumeyye
    suna suphi sureyya surhay surreya suzan taci taha tahir tahire tahsin talat talha talip tamer tan taner tanju
    tansel tansu tarcan tarik tarkan taskin tayfun tayfur tayyar tayyibe tayyip tekin telli temel teoman tevfik
    tevhide tezcan thomas tibet tijen timucin timur tolga tolunay toprak toygar tuba tugay tugba tugcan tugce tugrul
    tulay tulin tumay tumer tuna tunc tuncay tuncer turan turgay turgut turhan turkan turkay turker ubeyde ucler
    ufuk ugur ugurcan ulas ulker ulku uluc ulvi ulviye umay umihan umit umran umur umut umutcan unal unsal ural
    usame utkan utku vahap vahdet vahide vahit vasfi veciha vecihi vedat vedia vehbi veli velican vera verda vesile
    veysel veysi vildan volga volkan yade yadigar yagiz yagmur yahya yakup yakut yalcin yalin yaman yaprak yaren
    yarkin yasar yasemin yaseminsu yaser yasin yavuz yavuzhan yekta yelda yeliz yener yesim yeter yigit yigitcan
    yigithan yildiray yildirim yildiz yilmaz yonca yosun yucel yuksel yunus yurdagul yurdanur yusra yusuf yusufali
    zafer zahide zahit zarife zehra zehranur zekai zekeriya zeki zekiye zeliha zerda zeren zeria zerrin zeycan
    zeyneb zeynel zeynelabidin zeynep zeynettin ziver ziya ziynet zubeyde zubeyir zuhal zuhre zuhtu zulal zuleyha
    zulfikar zulfiye zulkuf zumra zumrut
    """
)

SURNAMES = terms(
    """
    acar acikgoz ak akbaba akbal akbas akbulut akca akcay akdag akdeniz akdogan akgul akgun akgunduz akin akkaya
    akkus akman akpinar akpolat aksakal aksoy aksu aktas aktay akturk akyol akyuz alagoz albayrak alkan alp altay
    altin altinok altintas altun altunbas altuntas apaydin ari arici arikan armutcu arslan arslanoglu askin aslan
    ata atak atalay atasoy ates avci avcu ay aybar aydemir aydin aydogan aydogdu aygun aykut aytac aytekin azak
    bahar baki bakir bal balci balkan baran bas basak basar basaran bastug batmaz batur bayar bayindir bayrak
    bayraktar bayram baysal bekar berber beyaz bicer bilgic bilgili bilgin bilir birinci bolat boz bozdag bozkurt
    bozkus bulbul bulut burak buyuk cakir cakmak calik caliskan cam can candan cavus celebi celebioglu celik cengiz
    cetin cetinkaya ceylan cicek ciftci cihan cinar civelek coban cosar coskun dag dagdelen dagli dal danis deger
    degirmenci demir demirbas demirbilek demircan demirci demirel demirhan demirkan demirkaya demirkol demirtas
    deniz dere dermenci dikmen dilek dinc dincer dogan doganay dogru dogruer dogu dolu duman dumlupinar dundar durak
    duran durmaz durmus dursun ece efe egilmez ekici ekinci ekmekci elitok elmas emir emre er eraslan erbay ercan
    ercetin erdem erden erdogan eren ergin ergun eris erkan eroglu erol ersoy ersoz ertan ertas ertekin ertem
    ertugrul esen eser esin evren fidan firat gedik genc gencer gezer girgin gok gokalp gokce gokcek gokdemir gokmen
    goksu goktas golcuk gormez gul gulec guler gulmez gulsen gultekin gumus gun gunay gunaydin gundogan gundogdu
    gunduz guner gunes gungor gunhan gur gural gurbuz gurel gurses gursoy guven guzel hacioglu han hasanoglu helvaci
    ilhan inan ince ipek irmak isik isler ismailoglu kabak kahraman kahveci kalayci kale kalkan kalyoncu kanat
    kandemir kandil kanik kaplan kara karaaslan karabacak karaboga karabulut karaca karacan karadag karadeniz
    karadogan karaduman karagoz karagul karahan karakas karakaya karakoc karakurt karakus karaman karan karaoglu
    karaosmanoglu karatas karatay karatekin karayel kartal kaya kayahan kaymak kaynak kazanci keles keser keskin
    kilavuz kilic kilinc kirac kiraz kirca kizilay kizilkaya koc kocabas kocak kocaman kocaoglu kocyigit kokturk
    konak konuk korkmaz koroglu koruk kose koyuncu kucuk kurt kurtoglu kurtulus kuru kus kutlu kutluay kuzu macit
    mert metin mutlu mutluay nalbant narin odabasi oguz oguzhan okcu oktay okumus okur onal onder oner oral orhan
    ornek orucoglu oz ozalp ozaslan ozaydin ozbay ozbek ozcan ozcelik ozdemir ozden ozdogan ozen ozer ozgen ozgur
    ozkan ozkaya ozkul ozlu ozmen ozpolat ozsahin ozsoy oztas oztekin ozturk ozturkmen ozyurt pala palabiyik parlak
    parlar pehlivan peker pektas pinar polat polater reis sagir saglam sahan sahin saka sakar salman sanli sarac
    sari sarigul sarikaya savas sayan sen sener senol sevgi sevim seyhan sezer sezgin simsek sivri solmaz sonmez
    soydan soylu soysal sozen subas subasi sucu sumer sunar surucu tabak talay tamer tan taner tanriverdi tarhan tas
    tasci tasdemir taskin taskiran tastan tatar tekeli tekeoglu tekin tekinalp temel temiz temur tezcan tilki tok
    toker topal topaloglu topcu toprak topuz torun tosun tufan tufekci tuna tunali tunc tuncay tuncer turan turgut
    turhan turk turker turkmen turkoglu ucar ugur ulas uluc ulusoy umut unal unlu unsal urganci uslu usta uyanik
    uygun uygur uysal uzel uzun uzuner vardar varol vural yagci yalcin yalcinkaya yaldiz yaman yanar yanik yasar
    yavas yavuz yavuzer yaylali yazici yenigun yerli yesil yesilyurt yetis yetkin yigit yildirim yildirimoglu yildiz
    yilmaz yilmazer yolcu yorulmaz yuce yucel yuksel yurdakul yurt yurtseven yurtsever zengin zeybek zorba zorlu
    """
)
