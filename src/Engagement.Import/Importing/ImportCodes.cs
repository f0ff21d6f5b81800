namespace Engagement.Import;

/// <summary>The codes of findings of an import. They keep their meaning; docs/import.md lists them.</summary>
internal static class ImportCodes
{
    public const string Unreadable = "ENG0801";
    public const string NotRecognised = "ENG0802";
    public const string Ambiguous = "ENG0803";
    public const string UnknownSource = "ENG0804";
    public const string ZoneNeeded = "ENG0805";
    public const string ChannelNeeded = "ENG0806";
    public const string FolderUnsound = "ENG0807";
    public const string MappingUnsound = "ENG0808";
    public const string FormatUnknown = "ENG0809";
    public const string EncodingUnknown = "ENG0810";
    public const string LimitExceeded = "ENG0811";
    public const string Damaged = "ENG0812";
    public const string Empty = "ENG0813";

    public const string NotText = "ENG0820";
    public const string BrokenRow = "ENG0821";
    public const string FieldCount = "ENG0822";
    public const string ValueMissing = "ENG0823";
    public const string NotACount = "ENG0824";
    public const string NotATime = "ENG0825";
    public const string NotAnIdentifier = "ENG0826";
    public const string UnknownWord = "ENG0827";
    public const string UnitMismatch = "ENG0828";
    public const string OutOfRange = "ENG0829";

    public const string CellError = "ENG0830";
    public const string DigitsLost = "ENG0831";

    public const string RowsRejected = "ENG0840";
    public const string CheckFailed = "ENG0841";
}
