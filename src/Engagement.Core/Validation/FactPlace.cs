using System.Globalization;

namespace Engagement.Core;

/// <summary>Where a fact stands in a portfolio: <c>Interactions[17].ReplyTo</c>. Written only where there is something to say of it: most facts of a large portfolio are sound.</summary>
internal readonly record struct FactPlace(string List, int Index, string Property)
{
    public static implicit operator string(FactPlace place) => place.ToString();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{List}[{Index}].{Property}");
}
