"""Words and phrases that any seller writes to any prospect, in five languages. They tie a text to nobody."""

from app.specificity.calendar_words import CALENDAR
from app.specificity.lexicon import listed
from app.specificity.stems import fold, stem

LITTLE_WORDS = """
a about above across after again against ago all almost along already also although always am among an and
another any anybody anyone anything are around as at away back be became because been before behind being
beside besides ps
below best better between both but by came can cannot come could d did do does doing don done down during
each either else end enough ever every everybody everyone everything few first for from full further gave
get gets getting give go goes going gone got had half has have having he hello her here hers herself hey
hi him his how however i if in instead into is it its itself just keep kept last least less let lets like
ll long lot m made make makes many may maybe me might mine more most much must my myself need needs never
new next no nobody none nor not nothing now of off often ok okay old on once one only onto or other others
our ours out over own per perhaps please put quite rather re really s same say says see seem seen several
shall she should show since so some somebody someone something soon still such t take takes than thank
thanks that the their theirs them then there these they thing things this those though through thus till
to today together told too took toward under until up upon us use used using ve very via want wants was
way ways we well went were what when where whether which while who whole whom whose why will with within
without would yes yet you your yours dear kind best regards cheers sincerely tell tells said
"""
BUSINESS_WORDS = """
able account action adopt advance agenda agree agreement aim align alignment answer approach arrange ask
aspect attach available benefit big board book brief bring budget build business buyer buying call care
case catch chance change chat check client close collaborate collaboration colleague comment commercial
commitment company concern confirm connect consider contact contract conversation cost current customer
data date day deal decide decision deck deliver delivery demo demonstration department detail determine
develop develop discuss discussion document drive early economic efficient efficiency email engage
engagement ensure evaluate evaluation everyday exchange excellent exciting expect expert explain explore
feature feedback feel file fill final find fit fix follow forward free friend future general goal good
great group grow growth happen happy head help high hold hope hour idea identify impact implement
implementation important improve improvement include increase info inform information initial innovation
innovative insight interest interested internal intro introduce introduction invite involve issue item job
join key kick kickoff know lead leader learn legal leverage list little live look main manage management
manager map market maximise mean meet meeting member mention message mind minute moment month morning move
mutual name negotiate note number offer office onboard onboarding open opportunity option order organise
outcome overview part partner partnership people performance person phone pick pilot plan planning
platform point position possible potential prepare present presentation presenter price pricing problem
process procurement product productive progress project proof proposal propose prospect provide purchase
push question quick quote reach read ready reason receive recommendation reduce relationship relevant
remind rep reply report request requirement resolve resource respond response result return review right
roadmap role roll run sale sales save scalable schedule scope security sell seller send sense service
session set setup share short side sign simple situation slide small smooth software solution solve sort
speak spend stage stakeholder start state stay step stop strategic strategy strengthen strong success
suggest summary support sure synergy system talk target task team tech technical test think thought time
timeline timing tomorrow tool top topic touch track training transform transformation trial try type
understand update user value vendor view visit wait walk week welcome win wish wonder word work workflow
workshop world worth write year yesterday
"""
OTHER_LANGUAGES = """
aber alle als also am an auf aus bei beim bin bis bitte da damit dann das dass dem den denn der des die
dies diese diesem diesen dieser doch dort du durch ein eine einem einen einer eines einmal er es etwas
euch euer fur ganz gar geben gehen gern gibt gut haben hallo hat hatte herr frau hier ich ihm ihn ihnen
ihr ihre ihrem ihren im in ist jede jeden jeder kann kein keine kommen konnen lassen lang legen machen man
mehr mein mich mir mit mochten morgen nach neu nicht nichts noch nun nur ob oder ohne schon sehr sein sich
sie sind so soll stehen tag uber um und uns unser unsere unserem unseren unter viel vom von vor wann war
was weil wenn wer werden wie wir wird wo wollen zu zum zur angebot auftakt besprechen besprechung
kennenlernen senden schicken losung nachste schritte termin gesprach produkt produktvorstellung vertrag
vorstellung neuigkeiten projekt gruss grusse unterlagen ruckmeldung vorschlag

a ai au aux avec bonjour ce ces cette chez comme dans de des deux du elle en est et etre faire il ils je
la le les leur lui ma mais me mes moi mon ne nos notre nous on ou par pas plus pour qu que qui sa se ses
si son sont sur ta te tout tous tres tu un une vos votre vous y offre devis presentation reunion rendez
suivi merci cordialement envoyer prochaine prochaines etapes nouvelles point solution

al algo como con cual cuando de del desde el ella ellos en entre era es esa ese eso esta este estos fue ha
hacer hasta hay hola la las le les lo los mas me mi mis muy no nos nuestra nuestro o os para pero por
porque que quien se ser si sin sobre son su sus tambien te tiene todo todos tu un una usted y ya cada
antes donde presupuesto enviar reunion demostracion propuesta seguimiento gracias saludos inicial proximos
pasos novedades solucion

ao aos as com da das do dos e ela ele em essa esse esta este eu foi isso ja mais mas meu na nas no nos
nossa nosso num numa ola os ou pela pelo por pra qual sao sem seu sua tambem tem um uma voce voces bom dia
proposta reuniao orcamento obrigado obrigada abraco novidades proximos passos demonstracao
"""
LITTLE = CALENDAR.union(map(fold, [*LITTLE_WORDS.split(), *listed("little.txt", "little")]))
COURTESY = listed("little.txt", "courtesy")
EVERYDAY = frozenset(
    stem(fold(word)) for word in [*LITTLE, *BUSINESS_WORDS.split(), *OTHER_LANGUAGES.split(), *COURTESY]
)

CLICHES = """
touch base|touching base|checking in|check in with|just check in|circle back|circling back|next steps
follow up|following up|reach out|reaching out|any update|any updates|any news|any thoughts|any feedback
your thoughts|hope you are well|hope you're well|hope this finds you well|hope this email finds you well
hope all is well|hope you're having a great week|hope you are having a great week|bump this|bumping this
to the top of your inbox|quick call|quick chat|quick ping|quick question|quick sync|hop on a call
jump on a call|pick your brain|at your earliest convenience|looking forward to hearing
look forward to hearing|let me know what you think|let me know your thoughts|move the needle
move this forward|moving forward|keep the momentum|build momentum|build rapport
strengthen the relationship|deepen the relationship|build trust|stay in touch|keep in touch
stay top of mind|value proposition|add value|added value|win win|low hanging fruit|best in class
world class|state of the art|cutting edge|next level|game changer|digital transformation|unlock value
drive growth|drive value|lifetime value|pain points|paradigm shift|synergies|thought leadership
get the ball rolling|touch point|close the loop|loop in|on your radar|gentle reminder|friendly reminder
per my last email|as per our conversation|as discussed|success story|success stories|discovery call
introductory call|ai driven|data driven|seamless|seamlessly|empower|leverage synergies|end to end
single pane of glass|holistic|actionable insights|nächste schritte|nur kurz nachfragen|kurz nachfragen
kurz nachhaken|nachhaken|auf dem laufenden|in kontakt bleiben|gibt es neuigkeiten
gibt es schon neuigkeiten|wollte mich melden|mal hören|kurzes update|rückmeldung geben|prochaines étapes
je me permets de|je reviens vers vous|faire le point|prendre des nouvelles|reste à votre disposition
ball rolling|on your plate|test the water|test the waters|quick wins|quick win|way forward|on track
in erinnerung rufen|wie versprochen|rester en contact|suite à notre échange|avez vous des nouvelles
próximos pasos|quería saber si
hacer seguimiento|dar seguimiento|retomar el contacto|quedo a la espera|quedo a su disposición
alguna novedad|espero que estés bien|espero que se encuentre bien|en contacto|próximos passos
só passando para|passando para saber|alguma novidade|fazer um acompanhamento|fico à disposição
espero que esteja bem|manter contato|retomar o contato
"""
