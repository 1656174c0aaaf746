using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>A clock that several nodes read; each use is a second later.</summary>
internal sealed class TestClock
{
    private Epoch _now = Sample.Now;

    public Epoch Next() => _now = _now.PlusSeconds(1);

    public void Wait(TimeSpan time) => _now = _now.Plus(time);
}
