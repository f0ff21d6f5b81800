namespace Engagement.Core;

/// <summary>ENG06xx: efforts.</summary>
internal static class EffortRules
{
    private const string List = nameof(Portfolio.Efforts);

    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        Dictionary<ChannelId, Channel> channels = RuleTools.ChannelsById(portfolio);
        string? currency = null;
        for (int index = 0; index < portfolio.Efforts.Count; index++)
        {
            Effort effort = portfolio.Efforts[index];
            if (RuleTools.Find(channels, effort.Channel, At(index, nameof(Effort.Channel)), "ENG0601", findings) is { } channel && !effort.Period.IsEmpty && !channel.LivesIn(effort.Period))
            {
                findings.Warning("ENG0606", At(index, nameof(Effort.Period)), effort.Period, $"has no day on which the channel {channel.Id} lives", "mend the period or the channel's life span");
            }

            if (effort.Period.IsEmpty) findings.Error("ENG0603", At(index, nameof(Effort.Period)), effort.Period, "must have a day in it (the end is not included)", "name the day after the last one as the end");
            if (effort.StaffTime is null && effort.Cost is null) findings.Warning("ENG0605", At(index, nameof(Effort.StaffTime)), "neither time nor money", "says nothing about the effort", "state the hours or the amount, or leave the row out");
            if (effort.Cost is not { } cost) continue;
            currency ??= cost.Currency;
            if (cost.Currency != currency) findings.Warning("ENG0602", At(index, nameof(Effort.Cost)), cost, $"is in another currency than the efforts above ({currency}), and currencies are never added up", "convert the amounts at a rate that you state");
        }

        CheckOverlaps(portfolio, findings);
    }

    private static FactPlace At(int index, string property) => RuleTools.At(List, index, property);

    private static void CheckOverlaps(Portfolio portfolio, FindingCollector findings)
    {
        foreach (var efforts in portfolio.Efforts.Select((effort, index) => (effort, index)).Where(entry => !entry.effort.Period.IsEmpty).GroupBy(entry => entry.effort.Channel))
        {
            (Effort Effort, int Index)? before = null;
            foreach ((Effort effort, int index) in efforts.OrderBy(entry => entry.effort.Period.From))
            {
                if (before is { } other && effort.Period.From < other.Effort.Period.To)
                {
                    findings.Warning("ENG0604", At(index, nameof(Effort.Period)), effort.Period, $"overlaps {List}[{Guard.Text(other.Index)}] ({other.Effort.Period}) of the same channel; both count", "make sure that nothing is stated twice");
                }

                if (before is not { } widest || effort.Period.To > widest.Effort.Period.To) before = (effort, index);
            }
        }
    }
}
