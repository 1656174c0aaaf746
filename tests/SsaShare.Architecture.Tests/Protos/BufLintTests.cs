using System.Diagnostics;

namespace SsaShare.Architecture.Tests.Protos;

/// <summary>The contract between nations is clean under buf's STANDARD rules (proto/buf.yaml).</summary>
public sealed class BufLintTests
{
    [Fact]
    public async Task Proto_UnderTheStandardRules_IsClean()
    {
        string? buf = Find();
        Assert.SkipWhen(buf is null, "buf not found: (cd tests/SsaShare.Architecture.Tests && npm install)");
        var (exitCode, output) = await RunAsync(buf, "lint", "proto");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Proto_WithAFault_IsRefused()
    {
        string? buf = Find();
        Assert.SkipWhen(buf is null, "buf not found: (cd tests/SsaShare.Architecture.Tests && npm install)");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ssashare-buf-");
        try
        {
            File.Copy(Path.Combine(Repository.Root, "proto", "buf.yaml"), Path.Combine(folder.FullName, "buf.yaml"));
            File.WriteAllText(Path.Combine(folder.FullName, "fault.proto"), "syntax = \"proto3\";\npackage ssashare;\nmessage lower { int32 BadName = 1; }\n");
            var (exitCode, output) = await RunAsync(buf, "lint", folder.FullName);
            Assert.NotEqual(0, exitCode);
            Assert.Contains("BadName", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Find()
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Prepend(Path.Combine(Repository.Root, "tests", "SsaShare.Architecture.Tests", "node_modules", ".bin"))
            .Select(folder => Path.Combine(folder, "buf"))
            .FirstOrDefault(File.Exists);

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
