using System.Numerics;

namespace Engagement.Core.Logs;

/// <summary>The kinds and roles that occur in a log as consecutive codes: <c>code = kinds[kind] + roles[role]</c>, in the order of kind, then role.</summary>
internal sealed class CodeTable
{
    private const int Entries = 32;

    public CodeTable(uint kindsSeen, uint rolesSeen, int roleWithoutColumn)
    {
        (KindsSeen, RolesSeen) = (kindsSeen, rolesSeen);
        int roles = BitOperations.PopCount(rolesSeen);
        Count = BitOperations.PopCount(kindsSeen) * roles;
        var pairs = new List<(int Kind, int Role)>(Count);
        for (int kind = 0, index = 0; kind < Entries; kind++)
        {
            if ((kindsSeen >> kind & 1) == 0) continue;
            KindPart[kind] = (byte)(index++ * roles);
            for (int role = 0, place = 0; role < Entries; role++)
            {
                if ((rolesSeen >> role & 1) == 0) continue;
                RolePart[role] = (byte)place++;
                pairs.Add((kind, role));
            }
        }

        Pairs = pairs;
        RoleWithoutColumn = RolePart[roleWithoutColumn];
    }

    public uint KindsSeen { get; }

    public uint RolesSeen { get; }

    /// <summary>How many codes there are.</summary>
    public int Count { get; }

    /// <summary>The kind and the role of each code.</summary>
    public IReadOnlyList<(int Kind, int Role)> Pairs { get; }

    /// <summary>By kind; 0 for a kind that does not occur. As long as a byte has values, so that no byte lies beyond it.</summary>
    public byte[] KindPart { get; } = new byte[256];

    /// <summary>By role, likewise.</summary>
    public byte[] RolePart { get; } = new byte[256];

    /// <summary>What stands for the role where there is no column of roles.</summary>
    public byte RoleWithoutColumn { get; }

    /// <summary>Whether all of these kinds and roles have a code.</summary>
    public bool Holds(uint kindsSeen, uint rolesSeen) => (kindsSeen & ~KindsSeen) == 0 && (rolesSeen & ~RolesSeen) == 0;
}
