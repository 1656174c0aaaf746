namespace SsaShare.Scenario.Tests.Faults;

/// <summary>A node behind its proxy.</summary>
internal sealed record FaultedNode(ScenarioNode Node, FaultProxy Proxy)
{
    private const int SlowBytesPerSecond = 4_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Carries out one fault and mends it.</summary>
    public async Task SufferAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill:
                await Node.Process.KillAsync();
                await Node.Process.DisposeAsync();
                await Task.Delay(fault.Length);
                await StartAgainAsync();
                return;
            case FaultKind.Freeze:
                await Signals.SendAsync("STOP", Node.Process.Id);
                await Task.Delay(fault.Length);
                await Signals.SendAsync("CONT", Node.Process.Id);
                return;
            case FaultKind.Cut:
                Proxy.IsCut = true;
                break;
            case FaultKind.Stall:
                Proxy.Stall();
                break;
            case FaultKind.Slow:
                Proxy.Slow(SlowBytesPerSecond);
                break;
            case FaultKind.CorruptQuestion or FaultKind.CorruptAnswer:
                Proxy.CorruptOnce(fromNode: fault.Kind == FaultKind.CorruptAnswer);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "There is no such fault.");
        }
        await Task.Delay(fault.Length);
        Proxy.Heal();
    }

    /// <summary>As a supervisor does: a node that ends because its database is away is started again.</summary>
    private async Task StartAgainAsync()
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Node.StartAsync();
                return;
            }
            catch (InvalidOperationException) when (TimeProvider.System.GetElapsedTime(started) < Longest)
            {
                await Node.Process.DisposeAsync();
                await Task.Delay(200);
            }
        }
    }
}
