### Devreye's words in English. The reference is tr.ftl: same ids, same arguments.

## Questions

Role = Who is filling in the request?
    .why = The questions depend on it.
    .example = I am the customer
    .label = This choice

DealerCompanyName = { $role ->
        [dealer] Your company's name?
       *[customer] Which dealer did you buy the device from?
    }
    .why = { $role ->
        [dealer] The call is opened for this dealer; write the name as the service has it.
       *[customer] The call is opened through this dealer. The name is on the invoice.
    }
    .example = Yılmaz Isı Sistemleri
    .label = Dealer

DealerDetails = Do you know any of these about your dealer?
    .why = You can pass if you do not.
    .example = I don't know, go on
    .label = Dealer's details
    .none = I don't know, go on

DealerContactPerson = { $role ->
        [dealer] Your name and surname?
       *[customer] Name and surname of the contact person at the dealer?
    }
    .why = The service talks to this person when needed.
    .example = Mutlu Özcan
    .label = Dealer's contact
    .pick = Contact person
    .use = Write as contact person
    .skip = I don't know the contact

DealerMobilePhone = { $role ->
        [dealer] Your mobile phone?
       *[customer] Mobile phone of the dealer's contact person?
    }
    .why = The service calls this number when needed.
    .example = 0532 555 44 33
    .label = Dealer's mobile
    .pick = Contact's mobile
    .use = Write as dealer's mobile
    .skip = I don't know the mobile

DealerWorkPhone = { $role ->
        [dealer] Your office phone?
       *[customer] The dealer's office phone?
    }
    .why = This number is called when the mobile does not answer.
    .example = 0216 555 12 34
    .label = Dealer's office phone
    .pick = Dealer's office phone
    .use = Make it the office phone
    .skip = { $role ->
        [dealer] I have no office phone
       *[customer] No dealer's office phone
    }

DealerEmail = { $role ->
        [dealer] Your e-mail address?
       *[customer] The dealer's e-mail address?
    }
    .why = This address is used when something has to be written.
    .example = info@ornek.com
    .label = Dealer's e-mail
    .pick = Dealer's e-mail
    .use = Write as dealer's e-mail
    .skip = { $role ->
        [dealer] I have no e-mail
       *[customer] No dealer's e-mail
    }

CustomerFullName = { $role ->
        [dealer] The customer's name and surname?
       *[customer] Your name and surname?
    }
    .why = The service record is opened under this name.
    .example = Ayşe Yılmaz
    .label = Full name

CustomerMobilePhone = { $role ->
        [dealer] The customer's mobile phone?
       *[customer] Your mobile phone?
    }
    .why = { $role ->
        [dealer] The service calls the customer on this number.
       *[customer] The service calls you on this number.
    }
    .example = 0530 123 12 12
    .label = Mobile phone

CustomerEmail = { $role ->
        [dealer] The customer's e-mail address?
       *[customer] Your e-mail address?
    }
    .why = This address is used when something has to be written.
    .example = name.surname@example.com
    .label = E-mail
    .skip = { $role ->
        [dealer] They have no e-mail
       *[customer] I have no e-mail
    }

CustomerCity = In which province and district is the device?
    .why = The call goes to the service of that region.
    .example = Ümraniye, İstanbul
    .label = Province
    .use = Change the province
    .step = Province / district

CustomerDistrict = Which district in the province of { $of }?
    .why = The call goes to the service of that region.
    .example = Ümraniye
    .label = District

CustomerAddress = The full address of the device?
    .why = Neighbourhood, street, building and flat number; the service comes to this address.
    .example = Fatih Sultan Mehmet Mah. Balkan Cad. No: 12 D: 4
    .label = Address

ProductNameList = Which product?
    .why = The product's name is on the label and on the invoice. Several are separated by commas.
    .example = ECODENSE WT 65
    .label = Product

ProductGroupName = The product group?
    .why = It stands beside the product's name on the label or the invoice.
    .example = ECODENSE DUVAR- YER TİPİ KAZAN
    .label = Product group

ProductSerialNumberList = The serial number?
    .why = It stands beside “S/N” or “Seri No” on the label. Type it or send a photo of the label; if there are several, all of them.
    .example = 99958, 99959
    .label = Serial number

DeviceCount = How many devices are to be commissioned?
    .why = One device may have two serial numbers, of an indoor and an outdoor unit for example.
    .example = 2
    .label = Number of devices

ExtraDetails = Is there anything you want to add?
    .why = { $role ->
        [dealer] If the customer is a company, you can add its name and office phone.
       *[customer] If the device belongs to a company, you can add its name and office phone.
    }
    .example = No, to the summary
    .label = More details
    .none = No, to the summary

CustomerCompanyName = { $role ->
        [dealer] The customer's company name?
       *[customer] Your company's name?
    }
    .why = This name is written on the service form.
    .example = Demir Gıda Ltd. Şti.
    .label = Company
    .pick = Company name
    .use = Write as company name
    .skip = No company name

CustomerWorkPhone = { $role ->
        [dealer] The customer's office phone?
       *[customer] Your office phone?
    }
    .why = This number is called when the mobile does not answer.
    .example = 0216 555 12 34
    .label = Office phone
    .pick = Office phone
    .use = Make it the office phone
    .skip = No office phone

## The mould of a question

step = <b>Step { $step }/{ $steps }: { $question }</b>
asked = <b>{ $question }</b>
example = Example: { $example }
a-part-will-do = A part of the name will do.
verbatim = { $text }
line = { $label }: { $value }
present = The present answer: { $value }
did-you-mean = Did you mean this? If not, write it again.

## Several answers in one message

block-taken = I took this from your message:
block-doubtful = { $label }: I could not read it for certain and will ask when its turn comes.
block-is-it = I read: { $text }. Is that right? If not, write it.
block-same = Your edited message says the same as before.
block-which = I read more than one answer. Which one is right?
whose-first = I have not written down what you sent yet; answer this question first.
whose-block = This message names another customer: { $name }. The customer of your open request: { $open }. Shall I begin a new request, or correct this one?

## Greeting and guidance

greeting = Hello! Let us prepare the service request for commissioning your device together. Keep the device's label or invoice at hand.
notice = How your personal data are processed: <a href="{ $url }">Privacy notice</a>
your-dealer = Your dealer: { $company }
sticker-other-dealer = The dealer in this request: { $old }. The dealer of the link you came by: { $new }. Which one shall stay?
sticker-for-customers = This link is for customers; the request that you fill in as a dealer is still here.
link-unknown = This link can no longer be used; it may have expired, or been used before. You can ask the service office for a new one. You can open your request without a link too.
help = Answer by writing or by tapping the buttons. “back” returns to the question before, “skip” passes what is not required, “restart” clears the form, “cancel” gives the request up. What you wrote is kept; you can go on whenever you like. “park” puts this request aside and begins another; those put aside: /drafts
help-idle = This chat opens a service request for commissioning your device. The questions come one by one; at the end you confirm the summary and the call number is written here. Open requests: /drafts. Last calls: /calls. Dealer details: /profile. What is kept about you: /mydata
contact = For help: { $contact }
third-miss = Let us solve it together: writing as in the example is enough. To do something else, write “back” or “help”.
third-miss-help = Let's solve it together. Our colleagues in the service office can write to you here; just write “ask for help”.
help-ask = Write in one message what you are stuck with; I will pass it on to the service office, and the answer will come here.
help-example = Example: I can't find the serial number on the label.
help-no-pictures = Photos are not passed on to the service office. Write in one message what you are stuck with.
help-picture-as-label = The photo was not passed on to the service office; I looked at it as the label of a device.
help-sent = Passed on to the service office; the answer will come here.
help-go-on = Meanwhile you can go on where you were.
help-reply = Write your reply in one message; I will pass it on to the service office.
help-not-sent = Nothing was passed on to the service office.
help-too-many = You have sent the service office many messages today; you can write again tomorrow.
help-solved = Glad that it is solved. If you need help again, write “ask for help”.
office-answer = Answer from the service office ({ $code }):
office-told = I told the service office that you want this; they can write to you here.
office-told-before = The service office was told of this before.
needed = { $label } can't be left empty. { $why }
serial-needed = No problem: send a photo of the label, I read the number from its barcode. Without a serial number no call can be opened.
needed-later = Write it once you have found it; what you wrote is kept, and you go on from where you are.
left-out = { $label } was left empty.
first-question = This is the first question; there is none before.
old-button = This button belongs to an earlier question; nothing was changed.
nothing-to-keep = This question has no answer yet.
question-changed = The questions changed meanwhile; what you wrote last was not taken as an answer.
not-yet = A few more details are needed before you can confirm.
edit-later = Write what you want to correct by its name, “address: Balkan Cad. No: 12” for example; “back” returns to the question before. When the questions are done, everything can be corrected in the summary too.
menu-which = Which one would you like to write?
menu-unclear = I could not tell which detail this is: { $text }
menu-is-it = As which detail shall I write this: { $text }
belongs-elsewhere = This looks like the answer to another question; shall I write it there? Otherwise write the answer to this one.
holds-contact = You wrote: { $text }. A telephone number or an e-mail address stands in it. Shall it be written here as it is? If not, write the answer to this question alone.
is-an-address = You wrote: { $text }, which looks like an address. Shall it be written here as it is? If not, write the answer to this question alone.
is-a-device = You wrote: { $text }, which seems to describe a device. Is this the company’s name? If not, write the company’s name.
dealer-is-it = You wrote: { $text }. Which of these is the dealer’s name?
same-unknown = You wrote: { $text }. I could not tell which detail this is; write the detail itself.
dealer-after-all = You are filling this in as the dealer.
card-taken = I took these from the contact card:
card-says = The contact card says:
card-is-it = Shall I write these down?
card-several = There are cards of several people in the file. Send the card of one person, or type the answer.
card-unreadable = I could not read a person's details from this file. Share the person as a contact in Telegram, or type the answer.
card-someone-else = The contact card seems to be somebody else’s: { $name }. Nothing was taken from it.
card-nothing-new = There is nothing new for this request on the contact card.
contact-unexpected = A contact card is not used for this question.
contact-is-it = Shared contact: { $name }, { $phone }. Shall this number be written?
choice-unknown = I could not match this with one of the choices: { $text }

resume = Your unfinished request is still here; we go on where you left off. For a new one write “new”.
resume-summary = Your request is ready and waits for your confirmation. For a new one write “new”.
reminder = Your unfinished request is still here; nothing was sent to the service yet.
reminder-question = The next question: { $question }
reminder-summary = Your request is ready; it waits for your confirmation to be sent.
no-reminders-from-now-on = I will no longer remind you of unfinished requests. If you want it again, write “remind me”.
reminders-from-now-on = If a request of yours stays unfinished, I will remind you once, the next day.
restarted = We start over.
sure-cancel = Give the request up? What you wrote is deleted; nothing is sent to the service.
sure-restart = Start over? What you wrote is deleted.
cancelled = The request was given up. What you wrote was deleted; nothing was sent to the service.
thanks-not-sent-yet = You are welcome. The request was not sent yet; to send it, tap “Confirm and send” under the summary.
you-are-welcome = You are welcome.
office-does-not-read = The service office does not see what you write here. To pass something on to it, tap “Ask for help”.
question-of-service = The day of the visit and its price are not known here; the service tells you those.
nothing-open = For a new service request tap the button below or write /yeni.
command-unknown = I don't know this command. Known commands: /yeni, /taslaklar, /cagrilarim, /durum, /profil, /verilerim, /sil, /iptal, /yardim, /dil

language-which = Which language shall we use?
language-set = I write in English from now on.

other-video = Your video arrived; I can't read from videos. Send the answer as text.
other-voice = Your voice message came, but I can't listen to it. Write the answer in a few words; if it is about the label, you can send a photo of that.
other-document = Your file arrived; I can't read from files. Send the answer as text.
other-sticker = Thank you for the sticker. Send the answer as text.
other-other = I can't read this kind of message. Send the answer as text.

## Location

location-which = { $n ->
        [one] This is the district nearest to your location. Is the device there?
       *[other] These are the districts nearest to your location. Which one is the device in?
    } If not, type the district.
location-known = Your location seems to be in the district that is written.
location-nowhere = I found no district near your location. Type the province and the district.
location-unexpected = Your location arrived. I ask for the province and the district of the device in the request.
location-how = A location can be sent from Telegram on a phone. You can also type the province and the district.

## Photos

reading-picture = I am looking at your photo.
reading-card = I am looking at your file.
photo-serials = Serial number read from the photo: { $serials }
photo-known = The serial number read from the photo is already written: { $serials }
photo-others = Serial number read from the photo: { $serials }. Written before: { $known }. Shall I add it to this request, or write it instead?
photo-add = Add
photo-instead = Write instead
photo-product = Product read from the photo: { $product }
photo-product-known = The product read from the photo is already written: { $product }
photo-what-is-it = The code in the photo says: { $text }. What is it?
photo-is-product = Product name
photo-is-serial = Serial number
photo-unreadable = { $n ->
        [one] I could not find a readable barcode or QR code in the photo.
       *[other] I could not find a readable barcode or QR code in the photos.
    } Go a little closer, hold the phone straight in front of the label, and take it again in good light without the flash. You can also type the number.
photo-unreadable-again = This label can't be read from a photo; sometimes its print or its shine does not allow it. You can go on by typing the number next to “S/N” or “Seri No”.
photo-other-codes = I read the code in the photo, but there is no serial number in it. Take a close photo of the barcode next to “S/N” or “Seri No”, or type the number.
unfetched-too-big = This file is too big. Send the picture as a photo, not as a file; Telegram makes it smaller.
unfetched-not-a-picture = I could not open this file as a picture. Send it again as a photo.
unfetched-unreachable = The file you sent could not be fetched from Telegram. Send it again, or type the answer.
unfetched-too-many = I am still looking at what you sent before; I did not take this last one. Send it again when the others are answered.

## Buttons

choice-customer = I am the customer
choice-dealer = I am a dealer
choice-back = Back
choice-help = Help
choice-ask-help = Ask for help
choice-help-not = Never mind
choice-reply-office = Reply
choice-help-solved = It is solved
choice-restart = Restart
choice-cancel = Cancel
choice-keep = Keep it
choice-another-request = Begin a new request
choice-this-request = Correct this request
choice-continue = Go on
choice-yes-cancel = Yes, give it up
choice-yes-restart = Yes, start over
choice-more-products = Other products
choice-more-groups = Other groups
choice-not-listed = Not in the list
choice-as-typed = Leave it as I wrote it
choice-page-before = Previous ones
choice-page-after = Next ones
choice-not-my-dealer = This is not my dealer
choice-own-phone = Share my number
choice-location = Send my location
choice-card-yes = Yes, write them
choice-count = { $n ->
    [one] { $n } device
   *[other] { $n } devices
}
choice-copy-present = Copy the present one
choice-confirm = Confirm and send
choice-edit = Correct
choice-cancel-request = Give up
choice-to-summary = Back to the summary
choice-section-dealer = Dealer's details
choice-language-tr = Türkçe
choice-language-en = English
choice-copy-number = Copy the number
choice-no-reminders = No reminders
choice-new = New request

## More than one request

which-request =
    You have an open request. Customer: { $name }
    Next question: { $question }
    What shall we do?
choice-park = Put it aside, begin another
choice-go-on = Go on with this one
choice-discard = Erase this one, begin another
parked = Your request was put aside; write /drafts to come back to it. Customer: { $name }
parked-full = At most { $n } requests can be put aside. Finish one or give it up: /drafts
parked-button = This button belongs to a request that you put aside; nothing was changed. Customer: { $name }
choice-return = Back to that request
resumed = We go on with this request. Customer: { $name }
drafts-title = <b>Your open requests</b>
drafts-none = You have no open request.
drafts-wait = Requests put aside: { $n }. To see them: /drafts
draft-line = { $place }. { $name }. Next question: { $question } ({ $age })
draft-at-hand = at hand now
draft-age = { $days ->
        [0] today
        [1] yesterday
       *[other] { $days } days ago
    }
no-name-yet = no name yet
confirmation-next = The summary waits for you
choice-draft = { $place }. { $name }
calls-title = <b>Your last calls</b>
calls-none = No request was sent from here yet.
call-line = { $place }. { $name }, { $date }. { $state }
call-created = Call number: { $call }
call-queued = Being sent, tracking code: { $code }
call-unknown = The call number is being checked, tracking code: { $code }
call-unreachable = Will be sent when the service system can be reached, tracking code: { $code }
call-held = Being looked at, tracking code: { $code }
call-refused = The service system did not accept it, tracking code: { $code }
choice-same-customer = { $place }. Same customer, other device: { $name }
choice-last-customer = Last customer, new device
choice-last-details = New device, same details
same-customer = The customer's details stay the same; I only ask for the device. Customer: { $name }
same-gone = The details of the earlier request are no longer kept; I have to ask again.

## Personal data: /mydata and /erase

mydata-title = <b>What we keep about you</b>
mydata-person = Your Telegram user number: { $user }
mydata-notice = The privacy notice was shown to you: { $date } (version: { $version })
mydata-drafts = <b>Open requests: { $n }</b>
mydata-draft = Request { $place }
mydata-requests = <b>Requests that were sent: { $n }</b>
mydata-request = { $date }. { $state }
mydata-more = and { $n } more; all of them are in the file.
mydata-closed = Drafts of closed requests: { $n }
mydata-help = Times you wrote to the service office: { $n }
mydata-nothing = No request, profile or conversation with the office.
mydata-file = The same, and all of it, in a file that a computer can read.
choice-erase = Erase my data
erase-title = <b>Shall your data be erased?</b>
erase-goes = What goes:
erase-drafts = Open requests: { $n }
erase-requests = Personal data in requests that were sent: { $n }
erase-profile = Your dealer profile
erase-help = The record of writing to the service office: { $n }
erase-choices = Your choice of language and reminders
erase-stays = What stays:
erase-stays-waiting = Still to be settled: { $codes }. The result will be written here; then it goes too.
erase-stays-numbers = Call number, date, province and product of your requests, without whose they were. Why: service records.
erase-stays-call = Calls that were opened in the service system. Why: this chat can't erase them.
erase-whom-to-ask = To have those erased: { $contact }
erase-stays-proof = When the privacy notice was shown and when this was erased, with your Telegram user number. Why: legal proof.
erase-changed = Something has changed since; here is the list as it is now.
erase-nothing = No request, profile or conversation with the office is kept about you.
erase-kept = Nothing was erased.
erase-done = Your data are erased. You can delete older messages of this chat in Telegram yourself. For a new request: /new
erase-done-waiting = Still to be settled: { $codes }. The result will be written here; then it goes too.
choice-erase-yes = Yes, erase my data
choice-erase-no = No, don't erase

## A dealer's profile and the invitation

welcome-back = Welcome back. Dealer: { $company } ({ $person })
welcome-paste = You can paste all that concerns the customer and the device in one message; I only ask for what is missing.
profile-kept = Your dealer details were kept for your next requests. To see or change them: /profile
profile-changed = Your dealer profile was changed too; your next requests will use it.
profile-title = <b>Your dealer profile</b>
profile-how = To change something, tap its button or write it by name, for example “mobile: 0532 555 44 33”.
profile-company-fixed = The dealer's name comes from the service office's records; if it has to change, write to the office.
profile-draft-too = It was changed in your open request too.
profile-none = You have no dealer profile yet. It comes about with the first request that you fill in as a dealer.
profile-none-invitation = You have no dealer profile yet. To become a dealer, tap the invitation that the service office sent you.
profile-forget-sure = Shall your dealer profile be erased? Your dealer details will be asked again with the next request.
profile-forgotten = Your dealer profile was erased.
profile-forgotten-draft = The dealer details in your open request stay.
choice-profile-forget = Forget the profile
choice-profile-forgotten = Yes, forget it
choice-profile-stays = No, keep it
choice-to-request = Back to the request
choice-as-customer = This time I am the customer
dealer-by-invitation = To begin as a dealer, tap the invitation that the service office sent you. For now we go on as a customer.
joined =
    Your invitation was accepted; your dealer details will not be asked any more. To see or change them: /profile
    Dealer: { $company }
link-over =
    This link was used before, or its time is over.
    You write for this dealer now: { $company }
joined-already = You already write for this dealer: { $company }
joined-draft-stays = Your open request stays as it is.

## Summary and corrections

summary-title = <b>Final check. The request was not sent yet.</b>
section-customer = <b>CUSTOMER</b>
section-device = <b>DEVICE</b>
section-dealer = <b>DEALER</b>
not-given = not given
summary-unclear = I could not tell which detail this belongs to. To change one, tap Correct or write it with its name, for example “address: Balkan Cad. No: 12”.
confirm-without = I did not put this into the request: { $text }. Shall it be sent without it? If so, write “yes” again; if not, write it with its name, for example “office phone: 0216 555 12 34”.
confirm-as-is = I did not put your last message into the request. Shall it be sent as below? If so, write “yes” again.
old-summary = This summary is old. The current one is below.
after-outage = I could not be reached for a while; a button you pressed meanwhile may not have come to me. The current summary is below.
edit-which = Which one shall we correct?
corrected = Corrected: { $label }
edited = { $label } was corrected. Old: { $old }. New: { $new }.
edit-not-taken = The earlier answer stays. { $label }: { $value }
edit-same = The answer is the same as before. { $label }: { $value }
edit-overtaken = You wrote a newer answer after the message that you edited; the newer one stays. { $label }: { $value }
edit-steers = A command can't be given by editing a message; write it as a new one.
edit-parked = The message you edited belongs to a request that you put aside; nothing was changed. Return to that request to correct it. Customer: { $name }
edit-left-out = You left out more than one thing with this message. Say which one you mean by its name, such as “work phone: 0216 555 12 34”.
edit-of-nothing = The message you edited belongs to no answer; nothing was changed.
request-code = Tracking code: { $code }
edit-too-late = The request was already sent, so this change was not made.

## Serial numbers that were submitted before

serial-sent-before = This serial number was submitted before: { $serial } (call number: { $call }, date: { $date })
serial-sent-uncalled = This serial number was submitted before: { $serial } (date: { $date }, the call number has not come yet)
serial-on-record = There is a record for this serial number: { $serial }
serials-more-repeated = { $n } more serial numbers were submitted before.
serial-add-anyway = { $n ->
        [one] Add it all the same?
       *[other] Add all of them all the same?
    }
serials-taken-out = Those submitted before were taken out.
choice-add-anyway = Add
choice-take-out = Take out

## Sending and what came of it

sending = Your request is being sent. Tracking code: { $code }
result-created = <b>The service call was opened.</b>
call-number = Call number: { $call }
call-customer = Customer: { $name }
next-steps = { $text }
result-unknown = Your request was received; its call number is being checked. We will write it here when it is certain. You need not send it again. Tracking code: { $code }
result-unreachable = Your request was saved. The service system does not answer right now; the call number will be written here. Tracking code: { $code }
result-held = Your request was saved and is being looked at. We will write the result here. Tracking code: { $code }
result-refused = The service system did not accept the request.
refused-reason = Its reason: “{ $reason }”
refused-next = You can correct the details and send it again.
already-sent = This request was already sent; it was not sent a second time. Tracking code: { $code }
sent-unchangeable = A request that was sent can't be changed or cancelled here.
call-unchangeable = A request that was sent can't be changed or cancelled here; ask the service, with the call number.
status-open = This request was not sent yet.
status-none = You have sent no request.
state-queued = Your last request waits to be sent. Tracking code: { $code }
state-created = A service call was opened for your last request. Call number: { $call }
state-unknown = Your last request was received, its call number is being checked. Tracking code: { $code }
state-unreachable = Your last request was saved and will be sent when the service system can be reached. Tracking code: { $code }
state-held = Your last request was saved and is being looked at. Tracking code: { $code }
state-refused = The service system did not accept your last request. Tracking code: { $code }
result-resent = The service office sent your request again as it is; there is nothing you need to do. Tracking code: { $code }
call-corrected = <b>Your call number was corrected.</b>
call-corrected-before = The earlier one was written down wrong: { $call }

## The service office's decisions: bot/office

card-unknown = Request with an unknown outcome: { $code }
card-held = Request waiting for a decision: { $code }
card-refused = Request that Licrus did not accept: { $code }
card-sending = Request being sent again: { $code }
card-closed = Settled request: { $code }
card-moved = This request is shown again below: { $code }
card-changed = A request has changed: { $code }
card-why =
    Why: { $why ->
        [timeout] Licrus did not answer in time.
        [connection_lost] The connection was lost before Licrus answered.
        [broken_answer] Licrus's answer was cut off.
        [large_answer] Licrus's answer is too long to be read.
        [unreadable_body] Licrus's answer could not be read.
        [unreadable_answer] Licrus's answer could not be read.
        [empty_body] Licrus gave an empty answer.
        [long_message] Licrus's answer is too long to be read.
        [success_without_number] Licrus accepted it but gave no call number.
        [two_numbers] Licrus's answer holds more than one call number.
        [error_with_number] Licrus turned it down but mentioned a call number.
        [error_without_reason] Licrus turned it down without a reason.
        [error_after_creating] Licrus reported a problem after opening the call.
        [technical_error] Licrus reported a technical problem.
        [stopped] The bot was stopped while sending.
        [lease_expired] The bot ended while sending; Licrus's answer is not known.
        [journal_open] The request seems to have been sent before; the outcome is not known.
        [attempt_known] The request seems to have been sent before; the outcome is not known.
        [journal_changed] The send journal is another one; whether the request was sent before is not known.
        [sent_with_other_answers] After a restore it was answered anew; the same request had been sent with other answers. Correct the call in Licrus by hand.
        [restored] The database came back from a backup; whether the request was sent before is not known.
        [ticket] Licrus did not accept the ticket. The request was not carried out.
        [request_invalid] Something in the request is not in the form that Licrus expects. It was not sent.
        [request_not_encodable] Something in the request is not in the form that Licrus expects. It was not sent.
        [connect] Licrus could not be reached. It was not sent.
        [connect_timeout] Licrus could not be reached. It was not sent.
        [pool_timeout] Licrus could not be reached. It was not sent.
        [total_timeout] Licrus could not be reached. It was not sent.
        [url] Licrus's address (LICRUS_URL) can't be used. It was not sent.
        [deadline] The bot could not begin to send it in time. It was not sent.
        [journal] The send journal (JOURNAL_FILE) could not be written. It was not sent.
        [rate_limited] Licrus is very busy now. The request will be sent again by itself.
        [unexpected] Sending broke off unexpectedly; the outcome is not known.
       *[other] something unexpected ({ $why }).
    }
card-why-status = Why: Licrus gave an unexpected answer (HTTP { $status }).
card-mentioned = Call number that Licrus mentioned: { $call }
card-look = Look in Licrus whether there is a call with these details:
card-answers = The details of the request:
card-name = Customer: { $text }
card-company = Company: { $text }
card-phone = Mobile phone: { $text }
card-place = Province / district: { $text }
card-product = Product: { $text }
card-serials = Serial numbers: { $text }
card-dealer = Dealer: { $text }
card-dealer-by-hand = Dealer: { $text } (typed by hand, nothing similar in the directory)
card-dealer-near = Dealer: { $text } (typed by hand; nearest in the directory: { $near })
card-confirmed = Confirmed: { $at }. Attempts: { $n }
card-resend-from = Sending again opens at: { $at }
card-superseded = The person corrected the details and sent them again. New tracking code: { $newer }
choice-decide = Decide
choice-opened = Opened: type the number
choice-not-opened = Not opened: send again
choice-wait = Keep waiting
choice-correct-number = Correct the number
decided-opened = { $at } Opened, call number: { $call }. Decided by: { $by }
decided-not-opened = { $at } Not opened, being sent again. Decided by: { $by }
decided-wait = { $at } Kept waiting. Decided by: { $by }
decided-corrected = { $at } Call number corrected to: { $call }. Decided by: { $by }
decided-by-command = command line ({ $user })
settle-ask = Request whose call number is awaited: { $code }
settle-ask-how =
    Type the call number in Licrus as a reply to this message.
    Example: 43090
settle-ask-anew = Request whose call number is to be corrected: { $code }. Recorded number: { $call }
settle-ask-anew-how =
    Type the right call number as a reply to this message; the person is told too.
    Example: 43090
settle-mention = <a href="tg://user?id={ $id }">{ $name }</a>
settle-asked = Type the number as a reply to the message below.
settle-noted = Being recorded.
settle-kept = Recorded: { $code }. Call number: { $call }. The person was told. Written by: { $by }
settle-blocked = The person has blocked the bot: tell them the number by telephone.
settle-done = This request is settled: { $code }. Call number: { $call }. Decided by: { $by }
settle-done-by-licrus = The call of this request is open: { $code }. Call number: { $call }
settle-resent = This request is being sent again: { $code }. Decided by: { $by }
settle-queued = This request is queued to be sent: { $code }. Nothing has to be decided.
settle-superseded = The person corrected the details and sent them again: { $code }. New tracking code: { $newer }
settle-changed = The request was tried again meanwhile: { $code }. Look at how it stands and decide again.
settle-too-early = Sending again opens at: { $at }. Licrus may still be working on the request { $code }.
settle-not-to-be-sent = This request can't be sent again: { $code }. It had been sent with other answers before; correct the call in Licrus by hand and type its number.
settle-given-up = The person gave this request up: { $code }. It was not sent again.
settle-being-corrected = The person is correcting the details right now: { $code }. It was not sent again; they will send it themselves.
settle-looked-long-ago = It took too long until the decision could be confirmed: { $code }. Look in Licrus and decide again.
settle-gone = This request is no longer kept.
settle-anonymous = The number was not recorded: { $code }. Write to the group under your own name; who an anonymous administrator is can't be told.
settle-not-a-member = The decision was not carried out: { $code }. Only members under their own name may decide.
settle-edit = An edited reply is not read: { $code }. Use the button “Correct the number”, or write a new reply.
settle-text-only = The number was not recorded: { $code }. Send the number as text. Example: 43090
settle-no-number = You wrote: { $text }. Reply with nothing but the call number in Licrus. Example: 43090
settle-is-a-serial = { $call } is a serial number of this request. Reply with the call number in Licrus. Example: 43090
settle-is-a-phone = { $call } is a phone number in this request. Reply with the call number in Licrus. Example: 43090
settle-of-another = { $call } is recorded for another request: { $other }. Look again in Licrus and reply with the number of this one.
settle-nothing-to-correct = There is no call number to correct: { $code }
settle-corrected-before = The number was corrected meanwhile: { $code }. Recorded number: { $call }
settle-same-number = The recorded number is this one already: { $call }. If it is wrong, reply with the right one.
settle-failed = A decision could not be carried out, nothing was changed. Try again from the request's message.
operators-released = The Licrus ticket was replaced. { $n ->
        [one] One request
       *[other] { $n } requests
    } held because of it will be sent again.
operators-two-calls = There are two call numbers for one request: { $code }. Recorded number: { $call }. Told by Licrus later: { $other }. Look at both in Licrus; close the one too many.

## Menu and other places

command-start = Start or go on with a request
command-yeni = New service request
command-durum = How my request stands
command-taslaklar = My open requests
command-cagrilarim = My last calls, another device for the same customer
command-profil = Show or change my dealer details
command-verilerim = What is kept about me
command-sil = Erase my data
command-iptal = Give the request up
command-yardim = How to use it
command-dil = Choose the language
command-sablon = Empty tables for the lists of dealers and products
bot-description = We prepare your service request for the commissioning (first start) of your device together.

    I ask a few questions and show a summary at the end. Nothing is sent until you confirm it; once you have, I tell you your call number.

    Have the device's label or its invoice at hand, then tap Start.
bot-short-description = A service request for commissioning your device: a few questions, and a call number at the end.
group-only-private = The form is filled in only in a private chat. Write to me privately.
apology = I could not process this message; your answers are safe. Would you write again in a moment?
too-many = At most { $limit } messages a minute can be processed; there were more. Your last message and any others within this minute are not processed, and nothing was changed. Your answers are safe; write again from where you left off in a minute.
too-many-taps = More messages came than can be processed in a minute. Nothing was changed; tap again in a minute.
operators-started = The bot is running. Bot: @{ $bot }. Licrus: { $licrus }
operators-help = Help wanted: { $code }
operators-help-who = Person: { $name }
operators-help-question = Is filling in a request. Asked: { $question }
operators-help-summary = The request is ready and waits for confirmation.
operators-help-request = Has sent a request: { $code }
operators-help-call = Has sent a request: { $code }. Call number: { $call }
operators-help-phone = Phone: { $phone }
operators-help-text = Wrote: “{ $text }”
operators-help-how = If you reply to this message, what you write goes to the person.
operators-help-solved = Said that it is solved; the help is over.
operators-wants-cancel = Wants to cancel the request that was sent.
operators-wants-change = Wants to correct something in the request that was sent.
operators-relayed = Your answer was passed on: { $code }
operators-anonymous = The answer was not passed on: { $code }. It is when you write to the group under your name; nobody knows who an anonymous administrator is.
operators-not-a-member = The answer was not passed on: { $code }. Whoever wrote it is no member of this group.
operators-text-only = The answer was not passed on: { $code }. Only text is; send the answer as text.
operators-edit-not-relayed = An edited answer is not passed on again: { $code }. Write the correction as a new reply.
operators-help-over = The answer was not passed on: { $code }. This help is over.
operators-help-blocked = The answer was not passed on: { $code }. The person has blocked the bot.
operators-unknown = A request of uncertain outcome: { $code }. See in Licrus whether it was opened. { $reason }
operators-sent-before = A request that was not sent: { $code }. It was answered again after a backup was restored; the same request had been sent before with other answers. Earlier call number: { $call }. Look at the call in Licrus, and correct it by hand to the new answers.
operators-held = A held request: { $code }. { $reason }
operators-unreachable = { $why ->
        [journal] The send journal (JOURNAL_FILE) could not be written for 10 minutes; see whether the disk is full.
       *[other] Licrus has not answered for 10 minutes.
    } Waiting request: { $code }
operators-refused = Licrus refused twice: { $code }. { $reason }
operators-poison = An update that could not be processed in three tries was set aside: { $update }

## What operators ask in their own group: bot/office

command-kuyruk = Requests whose end is not known yet
command-bul = Find a request: code, telephone, serial number
command-istatistik = The numbers of the day, the week, the month
command-davet = A link that invites a dealer
desk-anonymous = Not answered: you are answered when you write under your name; who an anonymous administrator is, is not known.
desk-not-a-member = Not answered: whoever wrote this is not a member of this group.
desk-too-many = Many questions are waiting to be answered. Please write again in a moment.
desk-failed = This question could not be answered. Write it once more; if that does not help, tell whoever set up the bot.
desk-queue-empty = No request is waiting.
desk-queue = <b>Requests that wait: { $n }</b>
desk-waiting = Outcome not known: { $unknown }. Held: { $held }. Queued: { $queued }.
desk-queue-line = { $code }: { $state } ({ $age }). Dealer: { $dealer }. Place: { $place }
desk-age = { $unit ->
        [now] just now
        [days] { $n ->
            [one] { $n } day
           *[other] { $n } days
        }
        [hours] { $n ->
            [one] { $n } hour
           *[other] { $n } hours
        }
       *[minutes] { $n ->
            [one] { $n } minute
           *[other] { $n } minutes
        }
    }
desk-state-queued = queued
desk-state-sending = being sent
desk-state-unknown = outcome not known
desk-state-held = held
desk-state-created = call opened
desk-state-refused = not accepted by Licrus
desk-find-what = Write the tracking code, telephone, serial number or call number together with the command. Example: /bul D-7K3F
desk-find-by = What can be looked for: tracking code, telephone, serial number, call number. Example: /bul D-7K3F
desk-found-none = No request found: { $text }
desk-found = <b>Requests found: { $n }</b> ({ $text })
desk-found-line = { $code }: { $state }, { $at }. Customer: { $name }. Place: { $place }
desk-masked = Personal data were erased, as somebody asked or their time was over.
desk-request = <b>Request { $code }</b>: { $state }
desk-confirmed = Confirmed at: { $at }
desk-statistics = <b>Confirmed requests</b>
desk-time-today = Today
desk-time-week = Last 7 days
desk-time-month = Last 30 days
desk-time-yesterday = Yesterday
desk-count = { $time }: { $n } (calls opened: { $created }, not accepted by Licrus: { $refused })
desk-help = Open calls for help: { $n }
desk-digest = <b>Good morning. The day in short</b>
desk-quiet-yesterday = No request was confirmed yesterday.
desk-for-a-person = Waiting for one of you: { $n }
desk-flood = { $kind ->
        [held] <b>Licrus does not take requests.</b> Each request tells why; if it is the ticket or a right, put that in order first.
       *[unknown] <b>Licrus does not answer, or answers very late.</b>
    }
desk-flood-how = From now on I do not write about each; if it goes on, there is a summary here every half hour. The list: /kuyruk
desk-flood-over = <b>Nothing new went wrong for ten minutes.</b> Those I did not write about are in the list, too: /kuyruk
desk-invite-what = Write the dealer's name, or a part of it, together with the command. Example: /davet Yılmaz Isı
desk-invite-none = No dealer of the directory looks like this: { $text }
desk-invite-which = For which dealer? You wrote: { $text }
desk-invite-more = More dealers fit; write a little more of the name.
desk-invited =
    The invitation is ready. Dealer: { $company }
    Copy the link with the button and send it to nobody but the person who is to be the dealer. It works once, until { $until }, and is not shown again.
choice-copy-link = Copy the link

## When an answer is not understood

phone-not-an-answer = You wrote: { $text }. A phone number that can be reached is needed here.
phone-not-a-number = You wrote: { $text }. I could not find a phone number in it; write the number in digits.
phone-too-short = Phone: { $text } looks incomplete, it has { $n } digits. Write 11 digits, with the 0 in front.
phone-too-long = Phone: { $text } looks too long, it has { $n } digits. Write 11 digits, with the 0 in front; a foreign number begins with +.
phone-letters = Phone: { $text } seems to have letters in place of digits. Write the number in digits only.
phone-landline = Mobile phone: { $text } looks like a land line. A mobile number of 11 digits that begins with 05 is needed.
phone-not-mobile = Mobile phone: { $text } is not a mobile number. A mobile number of 11 digits that begins with 05 is needed.
phone-premium = Phone: { $text } looks like a special-rate line. Write the office's land line, 444, 0850 or mobile number.
phone-unassigned = Phone: { $text } begins with a code that is not in use. Check the number and write it again.
phone-foreign-unknown = Foreign phone: { $text } does not fit that country's numbers. Write it with its country code, beginning with +.
phone-date = You wrote: { $text }, which looks like a date. A phone number is needed here.
phone-identity = You wrote: { $text }, which looks like an identity number. That is not needed; write the phone number.
phone-area-code = Phone: { $text } has no area code. Write the number with its area code.
phone-several = { $n } numbers were written. Which one should be saved?
phone-sure = You wrote: { $text }. Is this the number to save?
phone-extension = Number: { $number }, written after it: { $extension }. An extension cannot be passed on to the service. Save the number alone?
phone-more-digits = You wrote: { $text }. There are digits beside the number. Is { $number } the number to save?

serial-not-an-answer = You wrote: { $text }. The serial number is on the device's label next to “S/N” or “Seri No”; write what stands there.
serial-none = You wrote: { $text }. I could not find a serial number in it. Write the number next to “S/N” or “Seri No” on the label.
serial-not-a-serial = You wrote: { $text }, which looks like an e-mail or a link. Only serial numbers are needed here.
serial-phone = You wrote: { $text }, which looks like a phone number. The device's serial number is needed here.
serial-date = You wrote: { $text }, which looks like a date. The device's serial number is needed here.
serial-letters = Serial number: { $text } has Turkish letters, which labels never have. Write it as on the label.
serial-odd = Serial number: { $text } has signs that serial numbers never have. Write it with letters, digits and dashes only.
serial-too-short = Serial number: { $text } looks short, it needs at least 3 characters. Write the whole number of the label without spaces.
serial-too-long = Serial number: { $text } looks too long, 40 characters are the most. Put commas between the numbers.
serial-too-many = { $n } serial numbers were written. One request can have 50 devices at most; open another request for the rest.
serial-range-too-many = Range: { $text } looks very wide. One request can have 50 devices at most; write the numbers one by one or a narrower range.
serial-range-reversed = Range: { $text } goes from large to small. Write the smaller number first.
serial-range-unclear = Range: I could not tell which numbers { $text } covers. Write the serial numbers one by one with commas between them.
serial-range = First: { $first }, last: { $last }. With the numbers between them that makes { $n } serial numbers. Save them so?
serial-range-yes = Yes, { $n } serial numbers
serial-range-one = No range, a number with a dash
serial-dash = You wrote: { $text }. Is this one serial number with a dash?
serial-dots = You wrote: { $text }. Is the dot part of the serial number?
serial-one-or-more = You wrote: { $text }. Is this one serial number, or more than one?
serial-label = You wrote: { $text }. Is the SN in front part of the serial number?
serial-words = Written beside the serial numbers: { $text }. Which should be saved?
serial-maybe-phone = You wrote: { $text }, which looks like a mobile phone. Is it the device's serial number?
serial-repeated = A serial number written twice was saved once: { $text }

name-not-an-answer = You wrote: { $text }. A first name and surname are needed here.
name-not-a-name = You wrote: { $text }, which looks like an e-mail or a link. A first name and surname are needed here.
name-digits = You wrote: { $text }, which has digits in it. Write only the first name and surname; I will ask for the phone separately.
name-no-letters = You wrote: { $text }. I could not find a name in it; write the first name and surname in letters.
name-symbols = You wrote: { $text }, which has signs that names never have. Write only the first name and surname.
name-too-long = Name: { $text } looks too long, it has { $n } characters. Write only the first name and surname.
name-too-short = Name: { $text } looks short. Write the first name and surname in full.
name-needs-surname = First name: { $text }. The surname is needed too; write both together.

company-not-an-answer = You wrote: { $text }. The company's name is needed here.
company-not-a-name = You wrote: { $text }, which looks like a phone, an e-mail or a link. The company's name is needed here.
company-no-letters = You wrote: { $text }. A company's name has at least one letter; write it as on the invoice.
company-symbols = Company: { $text } has signs that cannot be saved. Write the name in plain text.
company-too-short = Company: { $text } looks short. Write the company's full name.
company-too-long = Company: { $text } is too long, it has { $n } characters. Use 150 characters at most.

email-not-an-answer = You wrote: { $text }. An e-mail address is needed here.
email-no-at = E-mail: { $text } has no @ sign. Write the whole address with its @ sign.
email-letters = E-mail: { $text } has letters that e-mail addresses don't have. Write it without ç, ğ, ı, ö, ş, ü.
email-incomplete = The e-mail looks unfinished: { $text }. Write the end of the address too.
email-not-an-email = E-mail: { $text } does not fit an address. Write the whole address without spaces.
email-typo = E-mail: { $text } seems to have a slip in its ending. Choose the right one or write it again.
email-too-long = E-mail: { $text } is too long. Write only the address.
email-several = { $n } e-mail addresses were written. Which one should be saved?
email-words = You wrote: { $text }. There are other words beside the address. Which should be saved?

address-not-an-answer = You wrote: { $text }. The full address of the place where the device is, is needed.
address-same = You wrote: { $text }. The address itself is needed: neighbourhood, street, building and flat number.
address-not-an-address = You wrote: { $text }, which looks like a phone, an e-mail or a link. A full address is needed here.
address-no-letters = You wrote: { $text }, which is digits only. Write the neighbourhood and the street too.
address-too-short = Address: { $text } looks short. Write neighbourhood, street, building and flat number.
address-too-long = Address: { $text } is too long, it has { $n } characters. Use 300 characters at most.

product-not-an-answer = You wrote: { $text }. The product's name is needed; it is on the label and the invoice.
product-not-a-product = You wrote: { $text }, which does not look like a product. Write the name as it is on the label or the invoice.
product-too-short = Product: { $text } looks short. Write the whole name as on the label.
product-too-long = Product: { $text } is too long, it has { $n } characters. Use 200 characters at most.

group-not-an-answer = You wrote: { $text }. The name of the product group is needed.
group-not-a-group = You wrote: { $text }, which does not look like a product group. Write the group's name.
group-too-short = Product group: { $text } looks short. Write its whole name.
group-too-long = Product group: { $text } is too long, it has { $n } characters. Use 200 characters at most.
dealer-which = { $n ->
        [one] You wrote: { $text }. This dealer comes closest. Is it the one?
       *[other] You wrote: { $text }. These dealers come close. Which one? Otherwise write a little more of the name.
    }
dealer-not-listed = You wrote: { $text }. No dealer of this name is known. Write the name again as on the invoice, or leave it as you wrote it.
product-which = { $n ->
        [one] You wrote: { $text }. This product of the list comes closest. Is it the one?
       *[other] You wrote: { $text }. These products of the list come close. Which one? Otherwise write a little more of its name.
    }
product-not-listed = You wrote: { $text }. This name is not in the list of products. Write it again as on the label, or leave it as you wrote it.
product-group-which = Which product group? You can also write a part of the product's name.
product-of-group = Product group: { $group }. Which product? You can also write a part of its name.
product-to-the-letter = Write the product's name as you see it on the label or the invoice; it is taken like that.
group-which = { $n ->
        [one] You wrote: { $text }. This product group of the list comes closest. Is it the one?
       *[other] You wrote: { $text }. These product groups of the list come close. Which one?
    }
group-not-listed = You wrote: { $text }. This product group is not in the list. Write it again, or leave it as you wrote it.
group-of-product-which = You wrote: { $text }. The list has the group below for this product. Is it right?
group-to-the-letter = Write the name of the product group as you see it on the label or the invoice; it is taken like that.

count-not-an-answer = You wrote: { $text }. How many devices are to be commissioned? Write a number.
count-no-number = You wrote: { $text }. I could not find a number in it. How many devices are to be commissioned? Write a number.
count-not-whole = Number of devices: { $text } is not a whole number. Write a whole number.
count-too-few = Number of devices: { $text }. At least 1 device is needed.
count-too-many = Number of devices: { $text }. One request can have 50 devices at most.
count-unclear = You wrote: { $text }. One number is needed: how many devices in all?
count-differs = { $serials } serial numbers and { $devices } devices were written. One device may have two serial numbers (indoor and outdoor unit, say). Which is right?

# Tables of dealers and products that come from a file: bot/office
file-too-big = The file is too big. It may have { $megabytes } MB at most.
file-empty = The file is empty. A table with headings and at least one row is needed.
file-old-excel = The file is in the old Excel format (.xls) or has a password. Save it in Excel with “Save as” as .xlsx, without a password.
file-no-table = There is no table in the file that can be read. A table saved as .xlsx or .csv is needed.
file-damaged = The file could not be opened, it looks damaged. Open it in Excel and save it as .xlsx again.
file-unpacks-too-big = The file takes too much room when it is unpacked. Copy the table into an empty workbook and save that.
file-too-many-rows = The table has too many rows. A file may have { $rows } rows at most; split the table.
file-no-rows = There are no rows below the headings.
file-unknown-letters = The file's Turkish letters could not be read. Save it in Excel as “CSV UTF-8” or .xlsx.
file-open-quote = The quotation mark opened in line { $line } is never closed. Delete or close it.
file-broken-toml = The TOML file could not be read. For each product [[products]] is needed, with name and group below.
file-heading-twice = Two columns tell the same: “{ $first }” and “{ $second }”. Delete one or change its heading.
file-column-missing-company = The column of the company was not found. Its heading should be “Company”.
file-column-missing-name = The column of the product was not found. Its heading should be “Product”.
file-column-missing-group = The column of the product group was not found. Its heading should be “Product group”.
file-no-headings-dealers = The headings were not found. They are: Company, Contact person, Mobile phone, Office phone, E-mail, in any order; Company is needed.
file-no-headings-catalogue = The headings were not found. They are: Product, Product group, in any order.
cell-refused = { $column }: { $reason }
cell-empty = Left empty.
cell-unclear = It could not be read as one value: { $text }. Leave nothing but the value in the cell.
cell-spreadsheet-says = The cell holds a warning of Excel instead of a value: { $text }
cell-phone-rounded = Excel rounded the number and lost digits: { $text }. Make the column “Text” and write the number again.
cell-third-phone = A dealer can have two telephones, this is the third: { $text }
cell-name-digits = Written: { $text } has digits. Only name and surname belong here.
cell-phone-identity = Written: { $text } looks like an identity number. A telephone number belongs here.
row-twice = The same name stands in line { $line }.

# Tables that operators send: bot/office
sheet-dealers = An empty sheet of dealers. Fill it in and send it as a reply to this message; I first show what would change.
sheet-catalogue = An empty sheet of products. Fill it in and send it as a reply to this message; I first show what would change.
import-reading = Reading the table: { $file }
import-too-many = Many files wait to be read. Send it again a little later.
import-preview-dealers = <b>Dealers: { $file }</b>
import-preview-catalogue = <b>Products: { $file }</b>
import-added = To be added: { $n } ({ $names })
import-changed = To be changed: { $n } ({ $names })
import-unchanged = Staying the same: { $n }
import-missing = Not in the file, staying as they are: { $n }
import-unread = Columns or sheets that are not used: { $names }
import-bad-rows = Rows that could not be read: { $n }
import-bad-row = Line { $line } ({ $name }): { $reason }
import-more-bad-rows = Only the first of the rows that could not be read are shown.
import-not-yet = Nothing has changed yet. The file waits for a day.
import-nothing-new = This file changes nothing in the list.
import-list-changed = The list has changed since this file was shown. What applying it now would do stands below.
import-apply = Apply
import-apply-good = Apply the good rows
import-drop = Drop it
import-applied-dealers = The dealers are updated: { $file }
    Added: { $added }. Changed: { $changed }. By: { $by }
import-applied-catalogue = The products are updated: { $file }
    Added: { $added }. Changed: { $changed }. By: { $by }
import-dropped = Dropped, nothing changed: { $file }
import-not-done = { $file }: { $why }
import-members-only = { $file }: only members of this group who write under their own name can apply it.
import-anonymous = { $file }: not read. It is read when you send it to the group under your name; nobody knows who an anonymous administrator is.
import-wait = Being applied.
import-over = This file does not wait any more. Send it again if it is needed.
file-not-read = The file could not be read. Copy the table into an empty workbook and send that.
file-gone = Telegram did not give the file. Send it again.
file-no-headings = The headings were not found. For dealers: Company, Contact person, Mobile phone, Office phone, E-mail. For products: Product, Product group. Empty sheets: /sablon

# Province and district: conversations/answers/places.py
place-empty = I see no place name. Type the province and the district.
place-unknown =
    I could not find this district: { $text }
    It may be a neighbourhood. Type the name of the district.
place-unknown-in-province =
    I could not find this district in the province of { $province }: { $text }
    It may be a neighbourhood. Type the name of the district.
place-unknown-number =
    No province has this number: { $text }
    Type the names of the province and the district.
place-address =
    This looks like an address: { $text }
    The province and the district come first; the full address is another question.
place-several =
    I found more than one place for { $text }.
    Which one is the device in?
place-contradiction =
    You typed places that do not go together: { $text }
    Which one is the device in?
place-did-you-mean =
    You typed: { $text }
    { $count ->
        [one] Is this the place? If not, type the province and the district.
       *[other] Which of these is the place? If none, type the province and the district.
    }
place-other-province =
    { $text } is in another province; the one you chose is { $province }.
    Which is right? If the province is, type the district.
place-no-merkez = The province of { $province } has no district called Merkez. Type the name of the district.
place-only-province =
    { $other } is the name of a province; the one you chose is { $province }.
    Type the district in the province of { $province }.
place-district-needed = Province: { $province }. Its district is needed too; type the district's name.
place-centre =
    Province: { $province }. Its district is needed too.
    Is it the central district (Merkez)? If not, type the district's name.
