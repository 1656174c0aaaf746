namespace SsaShare.Architecture.Tests.Sources;

/// <summary>Time is given (TimeProvider, Epoch), not found; a thread never sleeps.</summary>
public sealed class ClockTests
{
    /// <summary>The public gRPC API gives deadlines as a UTC DateTime, and its callers take DateTime.UtcNow for "now".</summary>
    private static readonly string[] MayReadTheClock =
    [
        "src/SsaShare.Grpc/Server/HttpContextCallContext.End.cs",
        "src/SsaShare.Grpc/Wire/CallDeadline.cs",
    ];

    private static readonly string[] Clocks = ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];

    [Fact]
    public void Clocks_AreRead_ThroughTimeProvider()
        => Findings.None(SourceFile.All.Where(file => !MayReadTheClock.Contains(file.Path)).SelectMany(file => file.Where(Clocks)));

    [Fact]
    public void Threads_NeverSleep()
        => Findings.None(SourceFile.All.SelectMany(file => file.Where("Thread.Sleep(")));

    [Fact]
    public void Exceptions_FromTheClockRule_AreStillNeeded()
        => Assert.All(MayReadTheClock, path => Assert.Contains(SourceFile.All, file => file.Path == path && file.Where(Clocks).Any()));
}
