namespace Engagement.Import;

/// <summary>The codes of findings. They keep their meaning; docs/portfolio-folder.md lists them.</summary>
internal static class Codes
{
    public const string FolderMissing = "ENG0001";
    public const string FileMissing = "ENG0002";
    public const string FileUnreadable = "ENG0003";
    public const string FileTooLarge = "ENG0004";
    public const string FileEmpty = "ENG0005";
    public const string FileUnknown = "ENG0006";
    public const string OtherEncoding = "ENG0007";
    public const string InvalidUtf8 = "ENG0008";
    public const string NulCharacter = "ENG0009";

    public const string BrokenQuotes = "ENG0010";
    public const string UnclosedQuote = "ENG0011";
    public const string RowTooLarge = "ENG0012";
    public const string FieldTooLarge = "ENG0013";
    public const string TooManyColumns = "ENG0014";
    public const string FieldCount = "ENG0015";
    public const string UnknownColumn = "ENG0016";
    public const string DuplicateColumn = "ENG0017";
    public const string MissingColumn = "ENG0018";
    public const string OtherSeparator = "ENG0019";

    public const string InvalidJson = "ENG0030";
    public const string UnknownProperty = "ENG0031";
    public const string DuplicateProperty = "ENG0032";
    public const string MissingProperty = "ENG0033";
    public const string WrongJsonType = "ENG0034";
    public const string UnknownTimeZone = "ENG0035";

    public const string MissingValue = "ENG0040";
    public const string InvalidIdentifier = "ENG0041";
    public const string UnknownWord = "ENG0042";
    public const string TextTooLong = "ENG0043";

    public const string NotATime = "ENG0050";
    public const string NoSuchTime = "ENG0051";
    public const string SkippedDay = "ENG0052";
    public const string SkippedTime = "ENG0053";
    public const string AmbiguousTime = "ENG0054";
    public const string YearOutOfRange = "ENG0055";
    public const string PeriodReversed = "ENG0056";

    public const string NotACount = "ENG0060";
    public const string NegativeCount = "ENG0061";
    public const string CountWithSeparators = "ENG0062";
    public const string CountWithFraction = "ENG0063";
    public const string CountTooLarge = "ENG0064";
    public const string InvalidBounds = "ENG0065";

    public const string NotANumber = "ENG0070";
    public const string NegativeNumber = "ENG0071";
    public const string NumberTooLarge = "ENG0072";
    public const string InvalidCurrency = "ENG0073";
    public const string HalfAnAmount = "ENG0074";
}
