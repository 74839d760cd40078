/** Whether a sentence speaks of how predictions are scored. */
export const speaksOfEvaluation = (sentence: string): boolean =>
  /\b(?:evaluat(?:e|ed|ion|ing)|scor(?:ed|ing)|metrics?|measured by|judged|graded|ranked|assessed|submissions? (?:are|is|will)|(?:performance|quality|success|error) (?:measure|criterion)|predictions? (?:are|is|will be) compared|leaderboard|(?:final|your|the) score)\b|^\W*score ?[:=]|^\W*(?:optimi[sz]e|maximi[sz]e|minimi[sz]e)\b/i.test(
    sentence,
  );

const scoring =
  "(?:evaluat(?:ed|e|es|ing|ion)|scor(?:ed|es|ing)|judged?|judging|grad(?:ed|ing)|rank(?:ed|ing)|assess(?:ed|ment)?|measured?|compared|metrics?|measures?|criteri(?:on|a)|objective|leaderboard|performance|(?:final |overall |your |the )?score)";
const link =
  "(?:\\s*(?:[:=,(*\"'-]|\\b(?:is|are|was|will be|be|being|used|now|then|only|primarily|mainly|solely|simply|just|mostly|by|on|upon|using|use|uses|with|via|through|against|according to|based|as|in|terms of|to be|for|this|the|a|an|our|your|their|its|of|competition|challenge|task|problem|project|model|models|predictions|submissions?|metric|measure|both|either|mean|average|averaged|per|column|wise|score|shall|called|known|following|standard|usual|common|well|computing|calculating|evaluation|value|shows?|displays?|reports?|takes?)\\b))*";

const scoredBy = new RegExp(`\\b${scoring}\\b${link}\\s*[("'*]*$`);
const imperative =
  /(?:^|[.;:,(!] ?|\b(?:please|should|must|we|you|i|to|will|and) )(?:use|uses|using|maxim[iy][sz]e|minim[iy][sz]e|optimi[sz]e(?: for)?|compute|report|apply|take|aim for|want|care about)(?: (?:the|a|an|your|for|mean|average|best|highest|lowest|high|low|simple|plain|standard|of|per|column|wise))*[ ("'*]*$/;
const byIt =
  /\b(?:by|via|by means of|in terms of|on the basis of|according to)(?: (?:the|a|an|their|your|its|mean|average|overall))* $/;
const usedAfter =
  /^[^.,;:]{0,60}?\b(?:(?:is|are|will be|be|was|serves as|acts as|as) (?:the |our |a |an )?(?:\w+ ){0,3}?(?:metrics?|measures?|scores?|criterion|used|scored|evaluat(?:ed|ion)|compared|what counts|counts|decisive|maximi[sz]ed|minimi[sz]ed|optimi[sz]ed|computed|calculated)|(?:should|must|shall|has to) be (?:as )?(?:high|low|good|great|small|maxim|minim|optim)\w*|decides|counts|evaluates|scores|is what)\b/;
const lowerIsBetter = /\b(?:the )?(?:lower|higher|smaller|larger|bigger)\b[^.;]{0,30}\bthe better\b/;

const ofTheTask =
  /\b(?:submissions?|predictions?|competition|challenge|task|entries|solutions?|forecasts?|models?|results?|rankings?|teams?|participants|performance|scripts?|answers?|you|we|your (?:score|predictions?|submission))\b[^.;]{0,60}?\b(?:evaluat(?:ed?|es|ion)|score[ds]?|judged?|rank(?:ed|s)?|grade[ds]?|assess(?:ed|es)?|measure[ds]?)\b|\b(?:evaluation|competition|main|primary|official|scoring|final) (?:metric|measure|criterion|score)\b|\bmetric (?:for|in|of) (?:this|the)\b|^[\s*"']*(?:the )?(?:metric|evaluation|scoring)\b/;
/** Whether predictions are scored by what stands between the two parts of a sentence, both in small letters. */
export const isScoredBy = (before: string, after: string): boolean => scoredBy.test(before) || usedAfter.test(after);

/** Whether it is asked for: "use …", "maximise …", "by …", "the lower the … the better". */
export const isAskedFor = (before: string, after: string): boolean =>
  imperative.test(before) || byIt.test(before) || lowerIsBetter.test(`${before} ${after}`);

/** Whether the sentence speaks of the task's own predictions. */
export const isOfTheTask = (before: string, after: string): boolean => ofTheTask.test(`${before} ${after}`);
