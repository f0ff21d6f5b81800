using NodaTime;

namespace Engagement.Cli;

/// <summary>What a new folder is to hold; null where nothing was said.</summary>
internal sealed record InitAnswers(string Folder, string? Id, string? Name, DateTimeZone? Zone, string? Members, string? Unit, LocalDate? AsOf, IReadOnlyList<string> Channels);
