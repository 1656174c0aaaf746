using SsaShare.Domain;

namespace SsaShare.FusionService.Tests;

/// <summary>A clock that the test sets; waits take a hundredth of what is asked for.</summary>
internal sealed class TestTime : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static Epoch Epoch { get; } = Utc.FromDateTime(Start);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => base.CreateTimer(callback, state, dueTime / 100, period);
}
