using Microsoft.Extensions.DependencyInjection;

namespace SsaShare.Node;

/// <summary>
/// What callers may take of this node, so that none takes what others need. An honest peer meets none of these limits: they grow with
/// what has been agreed with it.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Open connections, of all together; beyond, a new one is closed at once. Default 1,000, from 10 to 100,000.</summary>
    public int Connections { get; set; } = 1_000;

    /// <summary>Connections of one pinned caller; beyond, its oldest is closed; of the own operator and of auditors four times as many. Default 8, from 2 to 1,000.</summary>
    public int ConnectionsPerCaller { get; set; } = 8;

    /// <summary>Connections on which no pinned caller has called yet; beyond, the oldest of the network that has most is closed. Default 256, from 4 to 100,000.</summary>
    public int StrangerConnections { get; set; } = 256;

    /// <summary>Such connections of one network; beyond, its oldest is closed. Default 64, from 2 to 100,000.</summary>
    public int StrangerConnectionsPerNetwork { get; set; } = 64;

    /// <summary>Longest TLS handshake. Default 10 s, from 1 s to 1 min.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls at once of one pinned caller, beside those that its agreements need; of the own operator four times as many. Default 32, from 4 to 10,000.</summary>
    public int CallsPerCaller { get; set; } = 32;

    /// <summary>So many more for each agreement in force with it: two streams, each with a pull that waits and one that takes its place. Default 4, from 4 to 100.</summary>
    public int CallsPerAgreement { get; set; } = 4;

    /// <summary>Calls at once of one caller whose request may be longer than 64 KiB. Default 8, from 1 to 1,000.</summary>
    public int LargeCallsPerCaller { get; set; } = 8;

    /// <summary>Calls at once of strangers, for each kind of open service: of all together. Default 64, from 4 to 10,000.</summary>
    public int StrangerCalls { get; set; } = 64;

    /// <summary>And of one network. Default 16, from 1 to 10,000.</summary>
    public int StrangerCallsPerNetwork { get; set; } = 16;

    /// <summary>Longest call of a stranger. Default 1 min, from 1 s to 1 h.</summary>
    public TimeSpan StrangerCallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls of one caller a second; more wait for their time. Four seconds' worth may come at once. The own operator does not wait. Default 100, from 1 to 100,000.</summary>
    public int CallsPerSecond { get; set; } = 100;

    /// <summary>How long a request may come as slowly as it likes. Default 10 s, from 2 s to 10 min.</summary>
    public TimeSpan RequestGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest sending of a request, bytes a second, afterwards; a connection that sends more slowly is closed. Default 4,096, from 1 to 1,000,000.</summary>
    public int RequestBytesPerSecondMin { get; set; } = 4_096;

    /// <summary>Answers to pulls that are composed at once; readers take turns. 0 (the default) for two for each processor, from 0 to 1,000.</summary>
    public int AnswersComposed { get; set; }

    /// <summary>Bytes of answers under way to all readers; each pinned partner has an equal share of its own. Default 256 MiB, from 16 MiB to 64 GiB.</summary>
    public long AnswerBytes { get; set; } = 256L << 20;

    /// <summary>And to one reader, even where its share would be more; beyond, its next answer waits until one is taken. Default 32 MiB, from 1 MiB to 1 GiB.</summary>
    public long AnswerBytesPerReader { get; set; } = 32L << 20;

    /// <summary>How long a reader may take for an answer, beside what its length allows. Default 20 s, from 1 s to 10 min.</summary>
    public TimeSpan AnswerGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Slowest reading of an answer, bytes a second; a slower reader is cut off and continues from its cursor. Default 16,384, from 1 to 1,000,000,000.</summary>
    public int AnswerBytesPerSecondMin { get; set; } = 16_384;

    /// <summary>Adds the options, checked at start.</summary>
    internal static void Add(IServiceCollection services)
        => services.AddOptions<LimitOptions>().BindConfiguration("Limits")
            .Validate(o => o.Connections is >= 10 and <= 100_000, "Limits:Connections must be 10 to 100,000.")
            .Validate(o => o.ConnectionsPerCaller is >= 2 and <= 1_000, "Limits:ConnectionsPerCaller must be 2 to 1,000.")
            .Validate(o => o.StrangerConnections is >= 4 and <= 100_000 && o.StrangerConnectionsPerNetwork is >= 2 and <= 100_000, "Limits:StrangerConnections must be 4 to 100,000, Limits:StrangerConnectionsPerNetwork 2 to 100,000.")
            .Validate(o => InSeconds(o.HandshakeTimeout, 1, 60), "Limits:HandshakeTimeout must be 1 s to 1 min.")
            .Validate(o => o.CallsPerCaller is >= 4 and <= 10_000 && o.CallsPerAgreement is >= 4 and <= 100, "Limits:CallsPerCaller must be 4 to 10,000, Limits:CallsPerAgreement 4 to 100.")
            .Validate(o => o.LargeCallsPerCaller is >= 1 and <= 1_000, "Limits:LargeCallsPerCaller must be 1 to 1,000.")
            .Validate(o => o.StrangerCalls is >= 4 and <= 10_000 && o.StrangerCallsPerNetwork is >= 1 and <= 10_000, "Limits:StrangerCalls must be 4 to 10,000, Limits:StrangerCallsPerNetwork 1 to 10,000.")
            .Validate(o => InSeconds(o.StrangerCallTimeout, 1, 3_600), "Limits:StrangerCallTimeout must be 1 s to 1 h.")
            .Validate(o => o.CallsPerSecond is >= 1 and <= 100_000, "Limits:CallsPerSecond must be 1 to 100,000.")
            .Validate(o => InSeconds(o.RequestGrace, 2, 600) && o.RequestBytesPerSecondMin is >= 1 and <= 1_000_000, "Limits:RequestGrace must be 2 s to 10 min, Limits:RequestBytesPerSecondMin must be 1 to 1,000,000.")
            .Validate(o => o.AnswersComposed is >= 0 and <= 1_000, "Limits:AnswersComposed must be 0 to 1,000.")
            .Validate(o => o.AnswerBytes is >= 16L << 20 and <= 64L << 30, "Limits:AnswerBytes must be 16 MiB to 64 GiB.")
            .Validate(o => o.AnswerBytesPerReader is >= 1L << 20 and <= 1L << 30, "Limits:AnswerBytesPerReader must be 1 MiB to 1 GiB.")
            .Validate(o => InSeconds(o.AnswerGrace, 1, 600) && o.AnswerBytesPerSecondMin is >= 1 and <= 1_000_000_000, "Limits:AnswerGrace must be 1 s to 10 min, Limits:AnswerBytesPerSecondMin 1 to 1,000,000,000.")
            .ValidateOnStart();

    private static bool InSeconds(TimeSpan value, double least, double most) => value.TotalSeconds >= least && value.TotalSeconds <= most;
}
