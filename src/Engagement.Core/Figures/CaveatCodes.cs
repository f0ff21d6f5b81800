namespace Engagement.Core;

/// <summary>The stable codes of the caveats that the calculators give; docs/codes.md explains each.</summary>
/// <remarks><example><c>figure.Caveats.Any(caveat => caveat.Code == CaveatCodes.UnitsDiffer)</c></example></remarks>
public static class CaveatCodes
{
    /// <summary>Numerator and denominator count different things (persons per member company).</summary>
    public const string UnitsDiffer = "ENG1001";

    /// <summary>The channel speaks for a sub-brand, not for the whole organisation.</summary>
    public const string SubBrand = "ENG1002";

    /// <summary>The audience is not known, and why.</summary>
    public const string AudienceMissing = "ENG1003";

    /// <summary>The newest snapshot of the audience is older than the period.</summary>
    public const string AudienceOld = "ENG1004";

    /// <summary>The size of the universe is not known.</summary>
    public const string UniverseMissing = "ENG1005";

    /// <summary>The newest size of the universe is older than the period.</summary>
    public const string UniverseOld = "ENG1006";

    /// <summary>The total leaves out channels without a figure.</summary>
    public const string ChannelsLeftOut = "ENG1007";

    /// <summary>The sum adds up different units.</summary>
    public const string MixedUnits = "ENG1008";

    /// <summary>The sum counts a person once for each channel.</summary>
    public const string GrossCountsTwice = "ENG1009";

    /// <summary>A part exceeds its whole: the data are wrong.</summary>
    public const string PartExceedsWhole = "ENG1010";

    /// <summary>Units were made equal by a conversion that the caller stated.</summary>
    public const string Converted = "ENG1011";

    /// <summary>Measured reaches only unite: the figure is the least, its upper bound the sum.</summary>
    public const string ReachNotAdditive = "ENG1012";

    /// <summary>The reach is potential: who could be reached, not who was.</summary>
    public const string PotentialReach = "ENG1013";

    /// <summary>Facts of a channel that is not in the portfolio are in no figure.</summary>
    public const string FactsWithoutChannel = "ENG1014";

    /// <summary>The channel does not live in the period.</summary>
    public const string ChannelNotAlive = "ENG1015";

    /// <summary>Known overlaps narrow the net reach, and how many.</summary>
    public const string OverlapsKnown = "ENG1016";

    /// <summary>The newest known overlaps are older than the period.</summary>
    public const string OverlapsOld = "ENG1017";

    /// <summary>Overlaps that exceed an audience are not used.</summary>
    public const string OverlapsUnfit = "ENG1018";

    /// <summary>Overlaps that contradict each other are not used.</summary>
    public const string OverlapsContradict = "ENG1019";

    /// <summary>A model says what the bounds rule out, and is refused.</summary>
    public const string ModelRefused = "ENG1020";

    /// <summary>Reach is estimated from sketches of identities, with an error, and counts those whom the sketches hold.</summary>
    public const string Sketched = "ENG1021";

    /// <summary>A part of the interactions, or of what else is counted, is not known: the figure is the least that it can be.</summary>
    public const string AtLeast = "ENG1101";

    /// <summary>A part of the base is not known: the figure is the most that it can be.</summary>
    public const string AtMost = "ENG1102";

    /// <summary>Publications without interactions or base are left out.</summary>
    public const string PublicationsLeftOut = "ENG1103";

    /// <summary>So few publications, or so unequal ones, that the interval is rough.</summary>
    public const string FewPublications = "ENG1104";

    /// <summary>Platform tallies know no roles: one's own replies cannot be taken out.</summary>
    public const string TallyWithoutRoles = "ENG1105";

    /// <summary>Publications state different kinds of interaction.</summary>
    public const string KindsDiffer = "ENG1106";

    /// <summary>No interactions are stated or logged: missing, not 0.</summary>
    public const string InteractionsMissing = "ENG1107";

    /// <summary>There is no interval, and why.</summary>
    public const string NoInterval = "ENG1108";

    /// <summary>The interval was cut at 0, below which no rate lies.</summary>
    public const string IntervalCut = "ENG1109";

    /// <summary>Days without a base are left out.</summary>
    public const string DaysLeftOut = "ENG1110";

    /// <summary>Interactions by their own date stand over bases by publication date.</summary>
    public const string BaseByPublicationDate = "ENG1111";

    /// <summary>Publications state more persons reached than contacts.</summary>
    public const string ReachAboveImpressions = "ENG1112";

    /// <summary>No publication of the period is known.</summary>
    public const string NoPublications = "ENG1113";

    /// <summary>Platform tallies have no dates and are left out by interaction date.</summary>
    public const string TallyWithoutDates = "ENG1114";

    /// <summary>Interactions that belong to no publication are left out by publication date.</summary>
    public const string InteractionsWithoutPublication = "ENG1115";

    /// <summary>Interactions without a known actor: the active audience is not known.</summary>
    public const string ActorsUnknown = "ENG1116";

    /// <summary>Platform counts know no roles, and the definition asks for some only: they are not used.</summary>
    public const string TallyCannotTellRoles = "ENG1117";

    /// <summary>A daily mean leaves out days on which the audience is not known.</summary>
    public const string DaysWithoutAudience = "ENG1118";

    /// <summary>Interactions are counted from those listed, and the list is taken as complete.</summary>
    public const string LogTakenAsComplete = "ENG1119";

    /// <summary>Replies to interactions that are not known hang on nothing.</summary>
    public const string RepliesToUnknown = "ENG1201";

    /// <summary>Replies lie before what they reply to.</summary>
    public const string RepliesToLater = "ENG1202";

    /// <summary>Replies are on another channel than what they reply to.</summary>
    public const string RepliesAcrossChannels = "ENG1203";

    /// <summary>Reply links go round in circles.</summary>
    public const string ReplyCircles = "ENG1204";

    /// <summary>For some messages the deadline had not passed when observation ended.</summary>
    public const string DeadlineNotElapsed = "ENG1205";

    /// <summary>Messages of staff without a known actor: more may be active.</summary>
    public const string StaffUnknown = "ENG1206";

    /// <summary>Reactions, or what was answered, are not known or in part only: the level is the least that it can be.</summary>
    public const string LevelAtLeast = "ENG1208";

    /// <summary>A median of waiting times is not reached: fewer than half were answered by the end of observation.</summary>
    public const string MedianNotReached = "ENG1209";

    /// <summary>Nobody was observed for so long, so that the share answered within that time is not known.</summary>
    public const string NotObservedSoLong = "ENG1210";

    /// <summary>Response times count business hours alone.</summary>
    public const string InBusinessHours = "ENG1211";

    /// <summary>No effort of the period is known.</summary>
    public const string EffortMissing = "ENG1301";

    /// <summary>Channels without a known effort or benefit are left out of the comparison.</summary>
    public const string ProportionLeftOut = "ENG1302";

    /// <summary>Efforts that reach beyond the period are spread evenly over their days.</summary>
    public const string EffortSpread = "ENG1303";

    /// <summary>Efforts are in several currencies, each of which is a measure of its own.</summary>
    public const string CurrenciesDiffer = "ENG1304";

    /// <summary>The effort is 0, and nothing can be said per nothing.</summary>
    public const string EffortZero = "ENG1305";

    /// <summary>Staff time is valued at a rate that the caller stated.</summary>
    public const string HourlyRate = "ENG1306";

    /// <summary>Another channel brings more for no more effort.</summary>
    public const string Dominated = "ENG1307";

    /// <summary>A part of the effort is not known: the figure is of at least so much.</summary>
    public const string EffortInPart = "ENG1308";

    /// <summary>No reply of the organisation or its staff on a channel names what it replies to: what was answered is not known.</summary>
    public const string ReplyLinksMissing = "ENG1501";

    /// <summary>Two figures cannot be compared by an interval, and why.</summary>
    public const string NoComparison = "ENG1502";

    /// <summary>A ranking by values shrunk towards the mean of all, because small numbers go to extremes by chance.</summary>
    public const string Shrunk = "ENG1503";

    /// <summary>A ranking by values that are not shrunk, and why.</summary>
    public const string NotShrunk = "ENG1504";
}
