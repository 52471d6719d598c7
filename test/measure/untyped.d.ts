/** The one function that is used of each package that comes without types. */
declare module 'vader-sentiment' {
  const vader: { SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } } };
  export default vader;
}

declare module 'wink-sentiment' {
  export default function analyze(text: string): { normalizedScore: number };
}
