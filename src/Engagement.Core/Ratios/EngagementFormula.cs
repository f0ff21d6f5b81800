namespace Engagement.Core;

/// <summary>Writes the formula of an engagement ratio from the parts of its definition, with the meaning of its letters, in English or German.</summary>
internal static class EngagementFormula
{
    public static string Of(EngagementRatioDefinition definition, Language language)
    {
        bool isGerman = Guard.Known(language) is Language.German;
        IEnumerable<string> meanings = [$"I: {Interactions(definition, isGerman)}", .. Bases(definition, isGerman)];
        return $"{Symbols(definition)} · {string.Join(" · ", meanings)}";
    }

    /// <summary>The formula in letters: I over the letter of the base, added up as the definition says; P counts publications, D days.</summary>
    public static string Symbols(EngagementRatioDefinition definition)
    {
        string letter = Letter(definition.Base);
        bool baseStandsOnce = definition.BaseIsOfPeriod;
        return definition.Aggregation switch
        {
            Aggregation.Pooled when baseStandsOnce => $"ΣI/{letter}",
            Aggregation.Pooled or Aggregation.MeanOfPublications when definition.Base is EngagementBase.Publications => "ΣI/P",
            Aggregation.Pooled => $"ΣI/Σ{letter}",
            Aggregation.MeanOfPublications => baseStandsOnce ? $"ΣI/P/{letter}" : $"Σ(I/{letter})/P",
            Aggregation.MeanOfDays => $"Σ(I/{letter})/D",
            _ => definition.Base is EngagementBase.Publications ? "median(I)" : $"median(I/{letter})",
        };
    }

    /// <summary>What the two parts of a figure are: sums when pooled, the sum of quotients and their number for a mean, the median itself.</summary>
    public static (string Top, string? Bottom) PartLetters(EngagementRatioDefinition definition)
    {
        string letter = Letter(definition.Base);
        return definition.Aggregation switch
        {
            Aggregation.Pooled => ("ΣI", definition.BaseIsOfPeriod || definition.Base is EngagementBase.Publications ? letter : $"Σ{letter}"),
            Aggregation.MedianOfPublications => (Symbols(definition), null),
            _ => (definition.Base is EngagementBase.Publications ? "ΣI" : $"Σ(I/{letter})", definition.Aggregation is Aggregation.MeanOfDays ? "D" : "P"),
        };
    }

    /// <summary>The letter that stands for a base.</summary>
    public static string Letter(EngagementBase @base) => @base switch
    {
        EngagementBase.PotentialReach => "F",
        EngagementBase.MeasuredReach => "R",
        EngagementBase.Impressions => "M",
        EngagementBase.Views => "V",
        EngagementBase.Members => "U",
        EngagementBase.Publications => "P",
        _ => "A",
    };

    private static string Interactions(EngagementRatioDefinition definition, bool isGerman)
    {
        string when = (definition.Attribution, definition.Aggregation) switch
        {
            (Attribution.ByInteractionDate, Aggregation.MeanOfDays) => isGerman ? "am Tag" : "on the day",
            (Attribution.ByInteractionDate, _) => isGerman ? "im Zeitraum, gleich wie alt die Veröffentlichung ist" : "in the period, whatever the age of the publication",
            (_, Aggregation.MeanOfDays) => isGerman ? "mit den Veröffentlichungen des Tages, über deren ganze Lebenszeit; ein Tag ohne Veröffentlichung zählt 0" : "with the publications of the day, over their life; a day without any counts 0",
            (_, Aggregation.Pooled) => isGerman ? "mit den Veröffentlichungen des Zeitraums, über deren ganze Lebenszeit" : "with the publications of the period, over their life",
            _ => isGerman ? "mit einer Veröffentlichung des Zeitraums, über ihre ganze Lebenszeit" : "with a publication of the period, over its life",
        };
        return $"{Words.Selected(definition.Selection, isGerman)}, {when}";
    }

    private static IEnumerable<string> Bases(EngagementRatioDefinition definition, bool isGerman)
    {
        if (definition.Base is not EngagementBase.Publications)
        {
            string what = definition.Base switch
            {
                EngagementBase.PotentialReach => isGerman ? "das Publikum (Abonnenten, Auflage)" : "the audience (followers, circulation)",
                EngagementBase.MeasuredReach => isGerman ? "die erreichten Personen" : "the persons reached",
                EngagementBase.Impressions => isGerman ? "die Kontakte (Impressions)" : "the contacts (impressions)",
                EngagementBase.Views => isGerman ? "die Aufrufe" : "the views",
                EngagementBase.Members => isGerman ? "die Grundgesamtheit der Mitglieder" : "the universe of members",
                _ => isGerman ? "die verschiedenen Personen, von denen die Interaktionen stammen" : "the distinct persons who made the interactions",
            };
            yield return $"{Letter(definition.Base)}: {what}, {AsOf(definition, isGerman)}";
        }

        if (definition.Aggregation is Aggregation.MeanOfDays) yield return isGerman ? "D: die Tage mit bekannter Basis" : "D: the days with a known base";
        else if (definition.Base is EngagementBase.Publications || definition.Aggregation is Aggregation.MeanOfPublications) yield return isGerman ? "P: die Veröffentlichungen, deren Teile bekannt sind" : "P: the publications whose parts are known";
    }

    private static string AsOf(EngagementRatioDefinition definition, bool isGerman)
    {
        bool isOfDay = definition.Aggregation is Aggregation.MeanOfDays;
        if (definition.Base is EngagementBase.ActiveAudience) return isOfDay ? isGerman ? "am Tag" : "on the day" : isGerman ? "im Zeitraum" : "in the period";
        if (!definition.BaseIsOfPeriod)
        {
            bool isStock = definition.Base is EngagementBase.PotentialReach or EngagementBase.Members;
            return isStock ? isGerman ? "nach dem jüngsten Stand bei der Veröffentlichung" : "by the newest figure not after the publication"
                : isOfDay ? isGerman ? "der Veröffentlichungen des Tages" : "of the day's publications"
                : isGerman ? "der Veröffentlichung" : "of the publication";
        }

        return definition.BaseAsOf switch
        {
            BaseAsOf.StartEndMean => isGerman ? "im Mittel aus Beginn und Ende des Zeitraums" : "the mean of the period's start and end",
            BaseAsOf.DailyMean when isOfDay => isGerman ? "am Ende des Tages" : "at the end of the day",
            BaseAsOf.DailyMean => isGerman ? "im Mittel über die Tage des Zeitraums" : "the mean over the days of the period",
            _ => isGerman ? "nach dem jüngsten Stand vor dem Ende des Zeitraums" : "by the newest figure before the period's end",
        };
    }
}
