const ofPredictions =
  /\b(?:predict\w*|classif\w*|models?|labels?|class(?:es)?|forecasts?|answers?|submissions?|test set|held|validation|outcomes?|guess(?:es)?|estimates?|truth|actual|observed|positives?)\b/;
const plainBefore =
  /(?:^|[,;:(=/&+]|\b(?:shows?|how|i\.e\.|the|a|an|by|on|using|use|uses|with|via|as|of|for|is|are|be|be:|to|in|and|or|plus|both|mean|average|averaged|overall|simple|plain|standard|usual|multi ?-?class|binary|test|validation|maximi[sz]e|minimi[sz]e|optimi[sz]e|metric|metrics|measure|score|highest|high|higher|best|better|macro|micro|weighted|balanced|class|sample|per|we|report|your|their|its|our|this|that|than|not|wise|model|rank|cohen's|normali[sz]ed|total|then|only|against|vs))[ ("'*:-]*$/;
const plainAfter =
  /^(?:['’]s)?(?:$|[ ]*[,;:.)(!?*"'=/&+]|[ ]+(?:-|instead|rather|not|but|because|since|so|which|that|while|if|unless|alone|score|scores|metric|metrics|measure|measures|value|values|coefficient|index|statistic|averag\w*|macro|micro|weighted|binary|multi\w*|of|on|for|in|as|is|are|was|will|between|over|across|at|with|using|and|or|where|when|computed|calculated|to|by|per|should|must|counts|decides|only|vs|against|under|\d|the|≥|>|<)\b)/;

/** Things whose accuracy is their own, whoever measures it. */
const ofThings =
  /\b(?:devices?|sensors?|gps|instruments?|machines?|scales?|clocks?|satellites?|thermometers?|radars?|cameras?|products?|cars?|vehicles?)\b/;

/** What the metric is of: "the predictions" in "recall of the predictions is …". */
const complement =
  /^ (?:score |metric |measure |value )?(?:of|for|in|to) (.{1,60}?)(?:[,;:.()]| (?:is|are|was|were|will|has|have|must|should)\b|$)/;

/** Whether an everyday word stands there as a metric: not "precision farming", "product recall" or "the accuracy of the GPS device". */
export const isMetric = (before: string, after: string, isScored: boolean): boolean => {
  if (!plainAfter.test(after) || !plainBefore.test(before)) return false;
  const of = complement.exec(after)?.[1];
  return of === undefined || ofPredictions.test(of) || (isScored && !ofThings.test(of));
};

const saysMore = /^ (?:is|are|was|were|has|have|had|do|does|did)\b/;

/** What remains of a clause around its metric is nothing that would refer to something else. */
export const isAlone = (before: string, after: string): boolean => {
  const start = before.split(/[,;:()–—]/).at(-1) ?? "";
  const nothingBefore =
    /^ ?(?:(?:how|i\.e\.|the|a|an|metric|measure|evaluation|score|scoring|mean|average|averaged|overall|simple|plain|standard|usual|classification|multi ?-?class|binary|macro|micro|weighted|column|wise|per|and|or|both|plain|highest|high|higher|lower|best|better|good|by|on|with|then|only|is|are|cohen's|normali[sz]ed|neg(?:ative)?)[ -]*)*["'*(]*$/;
  return nothingBefore.test(start) && plainAfter.test(after) && !saysMore.test(after);
};
