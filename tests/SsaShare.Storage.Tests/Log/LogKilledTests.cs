using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SsaShare.Exchange;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>A node and its database server are killed while they append: a second copy of this test program, which does nothing else.</summary>
public sealed class LogKilledTests
{
    private const string StateVariable = "SSA_TEST_LOG_STATE", Database = "killed";
    private const int Writers = 16, AnsweredMin = 1_500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Not a test by itself: what the second copy runs. Each writer notes in a file of its own what it was told, with nothing held back in memory.</summary>
    [Fact(Explicit = true)]
    public async Task AppendForEver()
    {
        string state = Environment.GetEnvironmentVariable(StateVariable) ?? throw new InvalidOperationException($"{StateVariable} is not set.");
        await using var cluster = await PrivateCluster.StartAsync(state);
        var connections = await cluster.CreateDatabaseAsync(Database);
        await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None);
        await using var host = new ServiceCollection().AddStorage(connections.App).BuildServiceProvider();
        var log = host.GetRequiredService<INodeLog>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            await using var answers = new FileStream(Path.Combine(state, $"answered-{writer}"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            for (int round = 0; round < 1_000_000; round++)
            {
                // Now and then as many as are sent by COPY and fill tiles.
                int count = round % 20 == 19 ? 300 : 1;
                long first = await log.AppendAsync([.. Enumerable.Range(0, count).Select(part => Event($"{writer}/{round}/{part}"))], CancellationToken.None);
                answers.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{first} {count} {writer}/{round}\n")));
            }
        }));
    }

    [Fact(Timeout = 240_000)]
    public async Task Kill_NodeAndServerWhileAppending_EveryIndexThatWasReturnedIsThere()
    {
        string state = Path.Combine(Path.GetTempPath(), "ssa-log-test-" + Guid.NewGuid().ToString("N")[..8]);
        using var owner = StartOwner(state);
        try
        {
            while (ReadAnswers(state).Count < AnsweredMin)
            {
                Assert.False(owner.HasExited, "the owner ended by itself");
                await Task.Delay(50, Token);
            }
            foreach (int server in RunningServers.Of(ClusterFolders.Find(state)!)) Kill(server);
            owner.Kill();
            await owner.WaitForExitAsync(Token);
            var answers = ReadAnswers(state);

            await using var cluster = await PrivateCluster.StartAsync(state, cancellationToken: Token);
            var connections = await cluster.CreateDatabaseAsync(Database, Token);
            await using var host = new ServiceCollection().AddStorage(connections.App).BuildServiceProvider();
            var log = host.GetRequiredService<INodeLog>();
            var entries = await log.ReadAsync(0, long.MaxValue, Token).ToListAsync(Token);
            Assert.Equal(Enumerable.Range(0, entries.Count).Select(i => (long)i), entries.Select(entry => entry.Index));
            foreach (var (first, count, text) in answers)
                Assert.Equal(Enumerable.Range(0, count).Select(part => $"{text}/{part}"), entries.Skip((int)first).Take(count).Select(entry => Encoding.UTF8.GetString(entry.Event.Body.Span)));

            Assert.Equal(new LogHead(entries.Count, MerkleTree.Root([.. entries.Select(entry => entry.LeafHash)])), await log.GetHeadAsync(Token));
            Assert.Equal((await log.GetHeadAsync(Token)).Root, await log.GetRootAsync(entries.Count, Token));
            Assert.Equal(entries.Count, await log.AppendAsync([Event("it goes on")], Token));
        }
        finally
        {
            if (!owner.HasExited) owner.Kill();
            NpgsqlConnection.ClearAllPools();
            PrivateCluster.Delete(state);
            Directory.Delete(state, recursive: true);
        }
    }

    private static LogEvent Event(string text) => new(LogKinds.Refusal, Encoding.UTF8.GetBytes(text));

    /// <summary>What each writer was told, but for a line that was not finished.</summary>
    private static List<(long First, int Count, string Text)> ReadAnswers(string state)
        => !Directory.Exists(state) ? [] : [.. Directory.EnumerateFiles(state, "answered-*").SelectMany(file =>
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            string text = reader.ReadToEnd();
            return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }).Select(line => line.Split(' ')).Select(words => (long.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture), words[2]))];

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // A child of the server that ended with it.
        }
    }

    private static Process StartOwner(string state)
    {
        var info = new ProcessStartInfo("dotnet", [typeof(LogKilledTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(LogKilledTests).FullName}.{nameof(AppendForEver)}"])
        {
            RedirectStandardOutput = true,
        };
        info.Environment[StateVariable] = state;
        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, _) => { };   // Read and dropped, so that a full pipe never stops it.
        process.BeginOutputReadLine();
        return process;
    }
}
