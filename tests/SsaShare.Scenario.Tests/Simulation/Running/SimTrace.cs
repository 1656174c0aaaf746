using System.Globalization;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What happened, line by line. No key, hash or salt stands in it: the same seed gives the same lines in every process.</summary>
internal sealed class SimTrace(SimScheduler scheduler)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Say(string line) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{scheduler.Now.TotalSeconds,10:F4} {line}"));

    public string Last(int lines) => string.Join('\n', _lines.Skip(_lines.Count - lines));
}
