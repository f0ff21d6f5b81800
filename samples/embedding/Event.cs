namespace Engagement.Samples.Embedding;

/// <summary>One interaction, as it is posted.</summary>
/// <param name="Id">Its identifier; one that came before counts once.</param>
/// <param name="Channel">Where it happened.</param>
/// <param name="Kind">What happened, as <c>Comment</c>.</param>
/// <param name="At">When, as <c>2024-03-01T10:15:00Z</c>.</param>
/// <param name="Role">Who did it, as <c>Member</c>; unknown where it is left out.</param>
/// <param name="Actor">By which name; unknown where it is left out.</param>
internal sealed record Event(string? Id, string? Channel, string? Kind, string? At, string? Role, string? Actor);
