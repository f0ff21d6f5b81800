namespace Engagement.Core;

/// <summary>The figures of one dialogue, on their way into its result.</summary>
internal readonly record struct DialogueFigures(Figure ResponseRate, Figure Reciprocity, Figure DialogueShare, Figure TurnsPerConversation, Figure BegunByOutsiders, Figure StaffParticipation, Figure RepliesByStaff);
