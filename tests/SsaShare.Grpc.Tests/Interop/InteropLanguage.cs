using System.ComponentModel;
using Grpc.Testing;

namespace SsaShare.Grpc.Tests.Interop;

/// <summary>Another language's runtime: how its scripts are started, and what mends it when they cannot be.</summary>
public sealed class InteropLanguage
{
    public static readonly InteropLanguage JavaScript = new(FindJavaScriptAsync);
    public static readonly InteropLanguage Python = new(FindPythonAsync);

    private readonly Lazy<Task<(Func<string, string[]>? Script, string Missing)>> _found;

    private InteropLanguage(Func<Task<(Func<string, string[]>?, string)>> find) => _found = new(find);

    /// <summary>The command for the script <c>client</c> or <c>server</c>. Skips the test when the runtime is not there.</summary>
    internal async Task<string[]> CommandAsync(string script, params string[] arguments)
    {
        (Func<string, string[]>? command, string missing) = await _found.Value;
        Assert.SkipWhen(command is null, missing);
        return [.. command!(script), .. arguments];
    }

    private static async Task<(Func<string, string[]>?, string)> FindJavaScriptAsync()
    {
        string folder = Path.Combine(InteropFolder(), "js");
        if (!await RunsAsync("node", "--version"))
        {
            return (null, "skipped: node is not there: apt-get install nodejs npm");
        }

        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js"))
            && (!await RunsAsync("npm", "--version") || (await InteropProcess.RunAsync(["npm", "ci"], folder)).ExitCode != 0))
        {
            return (null, "skipped: @grpc/grpc-js is not there: (cd tests/SsaShare.Grpc.Interop/js && npm ci)");
        }

        return (script => ["node", Path.Combine(folder, script + ".js")], "");
    }

    private static async Task<(Func<string, string[]>?, string)> FindPythonAsync()
    {
        // Debian's module belongs to Debian's interpreter, which need not be the first one in PATH.
        foreach (string python in new[] { "python3", "/usr/bin/python3" })
        {
            if (await RunsAsync(python, "-c", "import grpc, google.protobuf"))
            {
                string folder = Path.Combine(InteropFolder(), "python");
                string descriptor = Path.Combine(AppContext.BaseDirectory, "interop.descriptor");
                await File.WriteAllBytesAsync(descriptor, InteropReflection.Descriptor.SerializedData.ToByteArray());
                return (script => [python, Path.Combine(folder, script + ".py"), descriptor], "");
            }
        }

        return (null, "skipped: grpcio is not there: apt-get install python3-grpcio");
    }

    private static async Task<bool> RunsAsync(params string[] command)
    {
        try
        {
            return (await InteropProcess.RunAsync(command)).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // There is no such program.
        }
    }

    private static string InteropFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests", "SsaShare.Grpc.Interop")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(
            folder?.FullName ?? throw new DirectoryNotFoundException("These tests run from inside the repository."),
            "tests",
            "SsaShare.Grpc.Interop");
    }
}
