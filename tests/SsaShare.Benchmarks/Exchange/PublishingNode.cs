using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;

namespace SsaShare.Benchmarks;

/// <summary>
/// A node in a process of its own that publishes tracks when it is told to: a node with its endpoint and all its background work, and in it the
/// publisher through which everything goes that a node originates. It is this program, started anew, and told by lines on its standard input.
/// </summary>
internal sealed class PublishingNode : IAsyncDisposable
{
    /// <summary>The word by which this program is started as such a node.</summary>
    public const string Word = "publishing-node";

    /// <summary>From where single observations are numbered, and how many a flood makes at once.</summary>
    private const int SingleFirst = 1_000_000_000, FloodAtOnce = 50_000;

    private readonly Process _process;

    private PublishingNode(Process process) => _process = process;

    public int ProcessId => _process.Id;

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<PublishingNode> StartAsync(NodeFolder folder)
    {
        var node = new PublishingNode(Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), Word, folder.Path]) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        await node.ExpectAsync("ready");
        return node;
    }

    /// <summary>Makes the observations in its memory, which takes time that is nobody's concern.</summary>
    public Task PrepareAsync(int first, int count) => TellAsync(string.Create(CultureInfo.InvariantCulture, $"prepare {first} {count}"), "prepared");

    /// <summary>Seals, signs and stores what is prepared.</summary>
    public Task PublishAsync() => TellAsync("publish", "published");

    /// <summary>Publishes one record that no other call gives; completes when it is durable.</summary>
    /// <param name="kind">"routine" or "urgent".</param>
    public Task PublishOneAsync(string kind) => TellAsync($"one {kind}", "published");

    /// <summary>Publishes bulk data from now on, beside whatever else it is told.</summary>
    public Task FloodAsync(int count)
    {
        IsFlooding = true;
        return TellAsync(string.Create(CultureInfo.InvariantCulture, $"flood {count}"), "flooding");
    }

    /// <summary>Whether bulk data are published, as far as it has said.</summary>
    public bool IsFlooding { get; private set; }

    /// <summary>Completes when the bulk data are all durable.</summary>
    public Task CalmAsync() => TellAsync("calm", "calm");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        await using var node = await NodeHost.BuildAsync(new NodeFolder(folder), [], "node", null, null, CancellationToken.None);
        await node.App.StartAsync();
        var publisher = node.App.Services.GetRequiredService<Publisher>();
        var partner = node.App.Services.GetRequiredService<NodeIdentity>().Partner;
        List<Observation> prepared = [];
        int single = 0;
        var flood = Task.CompletedTask;
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["prepare", { } first, { } count]:
                    prepared = BenchTracks.Observe(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
                    Console.WriteLine("prepared");
                    break;
                case ["publish"]:
                    var summary = await publisher.PublishAsync(prepared.Select(observation => BenchTracks.Seal(observation, partner)).ToAsyncEnumerable(), CancellationToken.None);
                    if (summary != new PublishSummary(prepared.Count, 0)) throw new InvalidOperationException($"Of {prepared.Count} records, {summary} were stored.");
                    Console.WriteLine("published");
                    break;
                case ["one", { } kind]:
                    await publisher.PublishAsync(new[] { kind == "urgent" ? BenchTracks.SealNotice(single++) : BenchTracks.Seal(BenchTracks.Observe(SingleFirst + single++, 1)[0]) }.ToAsyncEnumerable(), CancellationToken.None);
                    Console.WriteLine("published");
                    break;
                case ["flood", { } count]:
                    Console.WriteLine("flooding");
                    flood = Task.Run(async () =>
                    {
                        for (int first = 0, all = int.Parse(count, CultureInfo.InvariantCulture); first < all; first += FloodAtOnce)
                            await publisher.PublishAsync(BenchTracks.Observe(first, FloodAtOnce).Select(BenchTracks.Seal).ToAsyncEnumerable(), CancellationToken.None);
                        Console.WriteLine("flooded");
                    });
                    break;
                case ["calm"]:
                    await flood;
                    Console.WriteLine("calm");
                    break;
                default:
                    throw new InvalidOperationException($"'{line}' is no order.");
            }
        }
        await flood;
        await node.App.StopAsync();
        return 0;
    }

    /// <summary>Under `dotnet bench.dll` the program's own file is the first word.</summary>
    internal static string[] Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private async Task TellAsync(string order, string answer)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        await ExpectAsync(answer);
    }

    private async Task ExpectAsync(string answer)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == answer) return;
            if (line == "flooded")
            {
                IsFlooding = false;
                continue;
            }
            // The node's own log.
            await Console.Error.WriteLineAsync(line);
        }
        throw new InvalidOperationException($"The publishing node ended before it was {answer}.");
    }
}
