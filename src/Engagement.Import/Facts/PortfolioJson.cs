using System.Globalization;
using System.Text.Json;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Writes all facts of a portfolio as one JSON document: the columns of the folder's files as properties; what is not stated is left out.</summary>
internal static class PortfolioJson
{
    private const string Schema = "engagement-portfolio/1";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static void Write(Portfolio portfolio, Stream stream, CancellationToken cancellationToken)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteStartObject("organisation");
        PortfolioWriter.WriteOrganisation(json, portfolio.Organisation, portfolio.Universes);
        json.WriteEndObject();
        Write(json, "channels", portfolio.Channels, channel =>
        {
            json.WriteString("id", channel.Id.Value);
            json.WriteString("name", channel.Name);
            json.WriteString("platform", channel.Platform.Key);
            json.WriteString("form", Words<ChannelForm>.Of(channel.Form));
            Text(json, "target_universe", channel.TargetUniverse.Value);
            Text(json, "sub_brand", channel.SubBrand);
            Day(json, "opened", channel.Opened);
            Day(json, "closed", channel.Closed);
            json.WriteStartArray("purposes");
            foreach (ChannelPurposes purpose in Enum.GetValues<ChannelPurposes>().Where(purpose => purpose != default && channel.Purposes.HasFlag(purpose))) json.WriteStringValue(Words<ChannelPurposes>.Of(purpose));
            json.WriteEndArray();
        }, cancellationToken);
        Write(json, "audiences", portfolio.Audiences, audience =>
        {
            json.WriteString("channel", audience.Channel.Value);
            json.WriteString("as_of", InstantPattern.ExtendedIso.Format(audience.AsOf));
            Count(json, "size", audience.Size);
            json.WriteString("unit", Words<UnitOfCount>.Of(audience.Unit));
            Count(json, "members", audience.Members);
            Count(json, "in_target", audience.InTarget);
            Text(json, "source", audience.Source);
        }, cancellationToken);
        Write(json, "overlaps", portfolio.Overlaps, overlap =>
        {
            json.WriteString("channel", overlap.Channel.Value);
            json.WriteString("other", overlap.Other.Value);
            json.WriteString("as_of", InstantPattern.ExtendedIso.Format(overlap.AsOf));
            Count(json, "shared", overlap.Shared);
            Count(json, "members", overlap.Members);
            Count(json, "in_target", overlap.InTarget);
            Text(json, "source", overlap.Source);
        }, cancellationToken);
        Write(json, "publications", portfolio.Publications, publication =>
        {
            json.WriteString("id", publication.Id.Value);
            json.WriteString("channel", publication.Channel.Value);
            json.WriteString("published_at", InstantPattern.ExtendedIso.Format(publication.PublishedAt));
            Count(json, "impressions", publication.Exposures.Impressions);
            Count(json, "reach", publication.Exposures.Reach.Persons);
            Count(json, "views", publication.Exposures.Views);
            foreach (InteractionKind kind in publication.Interactions.Kinds) Count(json, CountColumn.For(kind).Name, publication.Interactions[kind]);
        }, cancellationToken);
        Write(json, "interactions", portfolio.Interactions, interaction =>
        {
            json.WriteString("id", interaction.Id.Value);
            json.WriteString("channel", interaction.Channel.Value);
            json.WriteString("kind", Words<InteractionKind>.Of(interaction.Kind));
            json.WriteString("at", InstantPattern.ExtendedIso.Format(interaction.At));
            json.WriteString("role", Words<ActorRole>.Of(interaction.Role));
            Text(json, "actor", interaction.Actor.Value);
            Text(json, "publication", interaction.Publication.Value);
            if (interaction.AlsoReplyTo.Count == 0) Text(json, "reply_to", interaction.ReplyTo.Value);
            else
            {
                json.WriteStartArray("reply_to");
                foreach (InteractionId parent in PortfolioWriter.Parents(interaction)) json.WriteStringValue(parent.Value);
                json.WriteEndArray();
            }
        }, cancellationToken);
        Write(json, "efforts", portfolio.Efforts, effort =>
        {
            json.WriteString("channel", effort.Channel.Value);
            Day(json, "from", effort.Period.From);
            Day(json, "to", effort.Period.To);
            if (effort.StaffTime is not null) json.WriteString("hours", PortfolioWriter.Hours(effort.StaffTime));
            if (effort.Cost is not { } cost) return;
            json.WriteString("amount", cost.Amount.ToString(CultureInfo.InvariantCulture));
            json.WriteString("currency", cost.Currency);
        }, cancellationToken);
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> facts, Action<T> write, CancellationToken cancellationToken)
    {
        json.WriteStartArray(name);
        foreach (T fact in facts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            json.WriteStartObject();
            write(fact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A number where it was counted, else a text in the form of <see cref="Core.Count"/>; missing is null, and what does not apply is left out.</summary>
    private static void Count(Utf8JsonWriter json, string name, Count count)
    {
        if (count.State is CountState.NotApplicable) return;
        if (count.State is CountState.Missing) json.WriteNull(name);
        else if (count.State is CountState.Observed) json.WriteNumber(name, count.Value!.Value);
        else json.WriteString(name, count.ToString());
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) json.WriteString(name, text);
    }

    private static void Day(Utf8JsonWriter json, string name, LocalDate? day)
    {
        if (day is { } date) json.WriteString(name, LocalDatePattern.Iso.Format(date));
    }
}
