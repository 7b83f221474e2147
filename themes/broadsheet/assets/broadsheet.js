// Every page can be read without this script; all it does is add comfort. The words it shows come from the page.

import { attendBreaking } from "./_scripts/breaking.js";
import { chooseColours } from "./_scripts/colours.js";
import { closeBesides } from "./_scripts/dialogs.js";
import { loadEmbedsOnClick } from "./_scripts/embeds.js";
import { offerEnlarging } from "./_scripts/enlarging.js";
import { fillFragments } from "./_scripts/fragments.js";
import { inviteOnce } from "./_scripts/invitation.js";
import { listen } from "./_scripts/listen.js";
import { followLive } from "./_scripts/live.js";
import { answerNewsletter } from "./_scripts/newsletter.js";
import { search } from "./_scripts/search.js";
import { shareOnClick } from "./_scripts/share.js";

chooseColours();
attendBreaking(document);
fillFragments();
inviteOnce();
offerEnlarging();
listen();
search();
followLive();
closeBesides();
loadEmbedsOnClick();
shareOnClick();
answerNewsletter();
