using BenchmarkDotNet.Attributes;

namespace Engagement.Core.Benchmarks;

/// <summary>Conversations and response times over columns of messages in order of time, against a dictionary of threads alone, and against objects in a dictionary as one would write it. The long input runs where ENGAGEMENT_LONG is set.</summary>
[Config(typeof(MessageConfig))]
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
        DialogueTotals totals = Pass();
        if (Threads() != totals.Conversations) throw new InvalidOperationException("The conversations differ.");
        if (Objects() != (totals.Conversations, totals.Turns, totals.Reciprocal, totals.Response.Answered, totals.Response.Unanswered, totals.Response.AnsweredOnlyMedianHours)) throw new InvalidOperationException("The dialogue differs.");
    }

    [Benchmark(Baseline = true, Description = "dictionary of threads alone")]
    public int Threads()
    {
        // No turns, no waiting.
        var threadOf = new Dictionary<int, int>();
        int threads = 0;
        for (int row = 0; row < _times.Length; row++) threadOf[row] = _replyTo[row] >= 0 ? threadOf[_replyTo[row]] : threads++;
        return threads;
    }

    [Benchmark(Description = "dictionary of objects")]
    public (int Conversations, long Turns, int Reciprocal, int Answered, int Unanswered, double? MedianHours) Objects()
    {
        // Enough for these columns, in which all that is asked begins a thread; no survival curve, no limits.
        var talkOf = new Dictionary<int, Talk>();
        var talks = new List<Talk>();
        var waits = new List<long>();
        for (int row = 0; row < _times.Length; row++)
        {
            bool isOurs = _roles[row] == (byte)ActorRole.Organisation;
            if (_replyTo[row] >= 0)
            {
                talkOf[row] = talkOf[_replyTo[row]];
                if (isOurs && _roles[_replyTo[row]] == (byte)ActorRole.Organisation) continue;
            }
            else
            {
                talkOf[row] = new Talk();
                talks.Add(talkOf[row]);
            }

            Talk talk = talkOf[row];
            if (talk.Turns == 0 || talk.IsOurs != isOurs)
            {
                if (talk.Turns > 0 && isOurs) talk.WeReplied = true;
                if (talk.Turns > 0 && !isOurs) talk.OutsideReplied = true;
                talk.Turns++;
            }

            talk.IsOurs = isOurs;
            if (isOurs)
            {
                waits.AddRange(talk.Waiting.Select(asked => _times[row] - _times[asked]));
                talk.Waiting.Clear();
            }
            else if (_kinds[row] == (byte)InteractionKind.Comment)
            {
                talk.Waiting.Add(row);
            }
        }

        int unanswered = talks.Sum(talk => talk.Waiting.Count);
        waits.Sort();
        double? median = waits.Count == 0 ? null : (waits[(waits.Count - 1) / 2] + waits[waits.Count / 2]) / 2.0 / 3_600_000;
        return (talks.Count, talks.Sum(talk => (long)talk.Turns), talks.Count(talk => talk.WeReplied && talk.OutsideReplied), waits.Count, unanswered, median);
    }

    [Benchmark(Description = "Calculate")]
    public DialogueTotals Pass() => _calculator.Calculate(_times, _replyTo, _kinds, _roles, _actors, _until, null);

    private sealed class Talk
    {
        public int Turns { get; set; }

        public bool IsOurs { get; set; }

        public bool WeReplied { get; set; }

        public bool OutsideReplied { get; set; }

        public List<int> Waiting { get; } = [];
    }
}
