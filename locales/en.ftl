### Devreye's words in English. The reference is tr.ftl: same ids, same arguments.

## Questions

Role = Who is filling in the request?
    .why = So that we ask only what is needed.
    .example = I am the customer
    .label = Filled in by

DealerCompanyName = { $role ->
        [dealer] Your company's name?
       *[customer] Which dealer did you buy the device from?
    }
    .why = { $role ->
        [dealer] The call is opened for this dealer; write the name as Licrus has it.
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
    .skip = No dealer's office phone

DealerEmail = { $role ->
        [dealer] Your e-mail address?
       *[customer] The dealer's e-mail address?
    }
    .why = This address is used when something has to be written.
    .example = info@ornek.com
    .label = Dealer's e-mail
    .pick = Dealer's e-mail
    .use = Write as dealer's e-mail
    .skip = No dealer's e-mail

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
    .step = Province / district

CustomerDistrict = In which district is the device?
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
    .why = It stands beside “S/N” or “Seri No” on the label. If there are several, write all of them.
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
line = { $label }: { $value }
present = { $label } at present: { $value }
did-you-mean = Did you mean this? If not, write it again.

## Greeting and guidance

greeting = Hello! Let us prepare the service request for commissioning your device together. Keep the device's label or invoice at hand.
notice = How your personal data are processed: <a href="{ $url }">Privacy notice</a>
help = Answer by writing or by tapping the buttons. “back” returns to the question before, “skip” passes what is not required, “restart” clears the form, “cancel” gives the request up. What you wrote is kept; you can go on whenever you like.
help-idle = This chat opens a service request for commissioning your device. The questions come one by one; at the end you confirm the summary and the call number is written here.
contact = For help: { $contact }
third-miss = Let us solve it together: writing briefly, as in the example, is enough. To do something else, write “back” or “help”.
needed = { $label } is needed for this request; it can't be left empty.
left-out = { $label } was left empty.
first-question = This is the first question; there is none before.
old-button = This button belongs to an earlier question; nothing was changed.
nothing-to-keep = This question has no answer yet.
not-yet = A few more details are needed before you can confirm.
edit-later = You can return to a question by writing “back”. When the questions are done, everything can be corrected in the summary too.
menu-which = Which one would you like to write?
menu-unclear = I could not tell which detail this is: { $text }
menu-is-it = As which detail shall I write this: { $text }
contact-unexpected = A contact card is not used for this question.
contact-is-it = Shared contact: { $name }, { $phone }. Shall this number be written?
choice-unknown = I could not match this with one of the choices: { $text }

resume = Your unfinished request is still here; we go on where you left off. For a new one write “restart”.
resume-summary = Your request is ready and waits for your confirmation. For a new one write “restart”.
restarted = We start over.
sure-cancel = Give the request up? What you wrote is deleted; nothing is sent to the service.
sure-restart = Start over? What you wrote is deleted.
cancelled = The request was given up. What you wrote was deleted; nothing was sent to the service.
nothing-open = For a new service request tap the button below or write /yeni.
command-unknown = I don't know this command. Known commands: /yeni, /durum, /iptal, /yardim, /dil

language-which = Which language shall we use?
language-set = I write in English from now on.

other-photo = Your photo arrived; I can't read from photos. Send the answer as text.
other-video = Your video arrived; I can't read from videos. Send the answer as text.
other-voice = Your voice message arrived; I can't understand speech. Send the answer as text.
other-document = Your file arrived; I can't read from files. Send the answer as text.
other-sticker = Thank you for the sticker. Send the answer as text.
other-location = Your location arrived; I can't read province, district and address from it. Send the answer as text.
other-other = I can't read this kind of message. Send the answer as text.

## Buttons

choice-customer = I am the customer
choice-dealer = I am a dealer
choice-back = Back
choice-help = Help
choice-restart = Restart
choice-cancel = Cancel
choice-keep = Keep it
choice-continue = Go on
choice-yes-cancel = Yes, give it up
choice-yes-restart = Yes, start over
choice-own-phone = Share my number
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
choice-copy-number = Copy the number
choice-new = New request

## Summary and corrections

summary-title = <b>Final check. The request was not sent yet.</b>
section-customer = <b>CUSTOMER</b>
section-device = <b>DEVICE</b>
section-dealer = <b>DEALER</b>
not-given = not given
summary-unclear = I could not tell which detail this belongs to. To change one, tap Correct or write it with its name, for example “address: Balkan Cad. No: 12”.
old-summary = This summary is old. The current one is below.
edit-which = Which one shall we correct?
corrected = Corrected: { $label }
edited = { $label } was corrected. Old: { $old }. New: { $new }.
edit-not-taken = The earlier answer stays. { $label }: { $old }
edit-of-nothing = The message you edited belongs to no answer; nothing was changed.
edit-too-late = The request was already sent, so this change was not made.

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
state-queued = Your last request waits to be sent. Tracking code: { $code }
state-created = A service call was opened for your last request. Call number: { $call }
state-unknown = Your last request was received, its call number is being checked. Tracking code: { $code }
state-unreachable = Your last request was saved and will be sent when the service system can be reached. Tracking code: { $code }
state-held = Your last request was saved and is being looked at. Tracking code: { $code }
state-refused = The service system did not accept your last request. Tracking code: { $code }

## Menu and other places

command-start = Start or go on with a request
command-yeni = New service request
command-durum = How my request stands
command-iptal = Give the request up
command-yardim = How to use it
command-dil = Choose the language
group-only-private = The form is filled in only in a private chat. Write to me privately.
apology = I could not process this message; your answers are safe. Would you write again in a moment?
operators-started = The bot is running. Bot: @{ $bot }. Licrus: { $licrus }
operators-unknown = A request of uncertain outcome: { $code }. See in Licrus whether it was opened. Reason: { $reason }
operators-held = A held request: { $code }. Reason: { $reason }
operators-unreachable = Licrus has not answered for 10 minutes. Waiting request: { $code }
operators-refused = Licrus refused twice: { $code }. Reason: { $reason }
operators-poison = An update that could not be processed in three tries was set aside: { $update }
