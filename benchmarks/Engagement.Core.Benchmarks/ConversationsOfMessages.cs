using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>Conversations and response times over columns of messages in order of time, against a dictionary of threads as one would write it. The long input runs where ENGAGEMENT_LONG is set.</summary>
[MemoryDiagnoser]
public class ConversationsOfMessages
{
    private readonly DialogueCalculator _calculator = new();
    private long[] _times = [];
    private int[] _replyTo = [];
    private byte[] _kinds = [];
    private byte[] _roles = [];
    private int[] _actors = [];
    private long _until;

    public static IEnumerable<int> Lengths => Environment.GetEnvironmentVariable("ENGAGEMENT_LONG") is null ? [1_000, 100_000] : [1_000, 100_000, 10_000_000];

    [ParamsSource(nameof(Lengths))]
    public int Messages { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Half of the messages reply, most of them to something recent; a quarter of the replies are ours.
        var random = new Random(20_141_120);
        _times = new long[Messages];
        _replyTo = new int[Messages];
        _kinds = new byte[Messages];
        _roles = new byte[Messages];
        _actors = new int[Messages];
        for (int row = 0; row < Messages; row++)
        {
            bool isReply = row > 0 && random.Next(2) == 0;
            bool isOurs = isReply && random.Next(4) == 0;
            _times[row] = (row == 0 ? 1_416_481_200_000 : _times[row - 1]) + random.Next(2_000);
            _replyTo[row] = isReply ? row - 1 - (int)(Math.Min(row, 100_000) * Math.Pow(random.NextDouble(), 4) * 0.999) : -1;
            if (_replyTo[row] < -1) _replyTo[row] = -1;
            _kinds[row] = (byte)(isReply ? InteractionKind.Reply : InteractionKind.Comment);
            _roles[row] = (byte)(isOurs ? ActorRole.Organisation : ActorRole.Member);
            _actors[row] = isOurs ? 0 : 1 + random.Next(100_000);
        }

        _until = _times[^1] + 1;
        if (ByDictionary() != Pass().Conversations) throw new InvalidOperationException("The conversations differ.");
    }

    [Benchmark(Baseline = true, Description = "dictionary of threads")]
    public int ByDictionary()
    {
        // Threads alone: no turns, no clocks.
        var threadOf = new Dictionary<int, int>();
        int threads = 0;
        for (int row = 0; row < _times.Length; row++) threadOf[row] = _replyTo[row] >= 0 ? threadOf[_replyTo[row]] : threads++;
        return threads;
    }

    [Benchmark(Description = "Calculate")]
    public DialogueTotals Pass() => _calculator.Calculate(_times, _replyTo, _kinds, _roles, _actors, _until, null);
}
