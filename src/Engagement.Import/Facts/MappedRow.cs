using Engagement.Core;

namespace Engagement.Import;

/// <summary>The facts that one row states, before they are checked and merged.</summary>
internal sealed class MappedRow
{
    public List<ChannelDraft> Channels { get; } = [];

    public List<PublicationDraft> Publications { get; } = [];

    public List<AudienceSnapshot> Audiences { get; } = [];

    public List<Interaction> Interactions { get; } = [];

    /// <summary>The account that the source names as the author of the row; empty where it names none.</summary>
    public string Author { get; set; } = "";

    /// <summary>Whether the interactions are the author's own words, so that they are the organisation's where the author publishes its channel.</summary>
    public bool IsOfAuthor { get; set; }

    public List<UniverseDraft> Universes { get; } = [];

    /// <summary>Links that were left out: to a row that was set aside, comes later, or is not in the file.</summary>
    public int LinksLeftOut { get; set; }

    public List<Measurement> Measurements { get; } = [];

    /// <summary>Whether the row was understood although no fact follows from it: it is counted in a note.</summary>
    public bool IsNote { get; set; }

    /// <summary>Whether any fact follows from the row.</summary>
    public bool HasFacts => Channels.Exists(channel => channel.IsFact) || Publications.Count + Audiences.Count + Interactions.Count + Universes.Count + Measurements.Count > 0;

    /// <summary>What is wrong with the row; null when nothing is.</summary>
    public Fault? Fault { get; private set; }

    public string? FaultColumn { get; private set; }

    public string? FaultValue { get; private set; }

    /// <summary>Notes the first thing that is wrong.</summary>
    public void Refuse(Fault fault, string? column = null, string? value = null)
    {
        if (Fault is null) (Fault, FaultColumn, FaultValue) = (fault, column, value);
    }
}
