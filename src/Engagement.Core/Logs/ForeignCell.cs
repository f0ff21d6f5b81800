namespace Engagement.Core.Logs;

/// <summary>A count that was made elsewhere: indexes of the period, of the channel and, or none, of the publication, the numbers of kind and role, and how many.</summary>
internal readonly record struct ForeignCell(int Period, int Channel, int Publication, byte Kind, byte Role, long Count);
