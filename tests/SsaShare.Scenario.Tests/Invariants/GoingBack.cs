using System.Collections.Concurrent;
using Npgsql;

namespace SsaShare.Scenario.Tests;

/// <summary>Looks at the nodes' counters all the time while things happen to them: none may ever be less than it was.</summary>
internal sealed class GoingBack : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>Each counter with a name; whatever identifies a lane or an inbox is its name, whichever columns that takes.</summary>
    private const string Counters = """
        SELECT 'feed position', feed_position FROM head
        UNION ALL SELECT 'arrival', arrival FROM head
        UNION ALL SELECT 'log entries', (SELECT coalesce(max(index) + 1, 0) FROM log_entry)
        UNION ALL SELECT 'signed entries', (SELECT coalesce(max(size), 0) FROM log_checkpoint)
        UNION ALL SELECT 'lane ' || (to_jsonb(l) - 'position')::text, position FROM inbox_lane l
        UNION ALL SELECT 'provider''s log ' || provider || encode(agreement, 'hex') || coalesce(to_jsonb(i) ->> 'priority', ''), log_size_min FROM inbox i
        UNION ALL SELECT 'transitions of ' || party || encode(agreement, 'hex'), max(sequence) FROM agreement_transition GROUP BY party, agreement
        """;

    private readonly CancellationTokenSource _enough = new();
    private readonly ConcurrentBag<string> _faults = [];
    private readonly ConcurrentDictionary<ScenarioNode, int> _looks = new();
    private readonly Task _looking;

    public GoingBack(IReadOnlyCollection<ScenarioNode> nodes) => _looking = Task.WhenAll(nodes.Select(LookAsync));

    /// <summary>Stops looking.</summary>
    /// <returns>What went back; a node that was never seen counts as that too.</returns>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await _enough.CancelAsync();
        await _looking;
        foreach (var (node, looks) in _looks)
            if (looks == 0) _faults.Add($"{node.Partner} was never seen");
        return _faults;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _enough.Dispose();
    }

    private async Task LookAsync(ScenarioNode node)
    {
        var before = new Dictionary<string, long>(StringComparer.Ordinal);
        _looks[node] = 0;
        for (; !_enough.IsCancellationRequested; await Task.Delay(Period, CancellationToken.None))
        {
            try
            {
                await using var command = node.Database!.CreateCommand(Counters);
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    var (name, value) = (reader.GetString(0), reader.GetInt64(1));
                    if (before.TryGetValue(name, out long last) && value < last) _faults.Add($"{node.Partner}: {name} went from {last} back to {value}");
                    before[name] = value;
                }
                _looks[node]++;
            }
            catch (NpgsqlException)
            {
                // The server is down, which is one of the things that happen; what it has when it is up again is compared with what it had.
            }
        }
    }
}
