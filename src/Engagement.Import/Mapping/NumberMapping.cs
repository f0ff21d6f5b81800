using System.Text.Json.Serialization;

namespace Engagement.Import;

/// <summary>How numbers are written.</summary>
internal sealed record NumberMapping
{
    /// <summary>The decimal mark under English or neutral headers.</summary>
    public string Decimal { get; set; } = ".";

    /// <summary>The decimal mark under German headers.</summary>
    public string GermanDecimal { get; set; } = ",";

    /// <summary>Fields that the source writes with a point before decimals and without groups whatever the language of the headers.</summary>
    public string[] Plain { get; set; } = [];

    /// <summary>Fields of measurements that may have fractions, such as seconds. Of all others, <c>1.234</c> under English headers may as well be a thousand and more: it is set aside.</summary>
    public string[] Fractions { get; set; } = [];

    /// <summary>Whether the file tells numbers from texts, so that a number cannot have been written another way.</summary>
    [JsonIgnore]
    public bool IsTyped { get; set; }

    /// <summary>Further texts that mean that a value is not known.</summary>
    public string[] Missing { get; set; } = [];

    /// <summary>Further texts that mean that there is no such value. <c>-</c> always does.</summary>
    public string[] NotApplicable { get; set; } = [];
}
