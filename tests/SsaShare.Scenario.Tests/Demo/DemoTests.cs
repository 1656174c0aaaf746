using System.Globalization;

namespace SsaShare.Scenario.Tests.Demo;

/// <summary>The command that a newcomer types first: after a kill, from a fresh folder, and away again.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_AfterOneThatWasKilled_SucceedsAndResetRemovesAll()
    {
        string state = Directory.CreateTempSubdirectory("ssa-demo-").FullName;
        var environment = new Dictionary<string, string> { ["SSA_STATE"] = state };
        try
        {
            await KillOneAsync(state, environment);
            var demo = await SsaProcess.RunAsync(["demo"], environment: environment);
            Assert.True(demo.ExitCode == 0, demo.ToString());
            foreach (string told in new[] { "NORAD 5398, by its orbit", "GEOS-3, NORAD 7734, by its orbit", "The catalog as pacific sees it", "Prediction check" }) Assert.Contains(told, demo.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("FAILED", demo.Output, StringComparison.Ordinal);
            await Eventually.TrueAsync(() => Task.FromResult(ProcessesIn(state).Count == 0), "no process left by the demo");

            var reset = await SsaProcess.RunAsync(["demo", "reset"], environment: environment);
            Assert.True(reset.ExitCode == 0, reset.ToString());
            Assert.Empty(Directory.EnumerateFileSystemEntries(state));
        }
        finally
        {
            await SsaProcess.RunAsync(["demo", "reset"], environment: environment);
            Directory.Delete(state, recursive: true);
        }
    }

    /// <summary>SIGKILL once its nodes run: they, and the database server, end by themselves.</summary>
    private static async Task KillOneAsync(string state, Dictionary<string, string> environment)
    {
        await using var demo = SsaProcess.Start(["demo"], environment);
        await Eventually.TrueAsync(() => Task.FromResult(demo.Lines.Any(line => line.Contains("node cards pinned", StringComparison.Ordinal)) || demo.HasExited), "the demo's nodes run", () => string.Join('\n', demo.Lines));
        Assert.True(ProcessesIn(state).Count >= 4, string.Join('\n', demo.Lines));
        await demo.KillAsync();
        // At once: the reset waits for the server, which notices a moment later.
        var reset = await SsaProcess.RunAsync(["demo", "reset"], environment: environment);
        Assert.True(reset.ExitCode == 0, reset.ToString());
        await Eventually.TrueAsync(() => Task.FromResult(ProcessesIn(state).Count == 0), "no process left by the killed demo", () => string.Join('\n', ProcessesIn(state)));
    }

    /// <summary>Command lines of running programs that name the folder: nodes, and the server where its data are in it.</summary>
    private static List<string> ProcessesIn(string state) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id != Environment.ProcessId)
            .Select(CommandLine).Where(line => line.Contains(state, StringComparison.Ordinal)),
    ];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";   // Ended meanwhile.
        }
    }
}
