using System.CommandLine;
using SsaShare.Peering;

namespace SsaShare.Cli;

/// <summary>Options that several commands share.</summary>
internal static class NodeOptions
{
    public static Option<string> Dir() => new("--dir", "-d")
    {
        Description = "The node's folder, made by 'ssa node init'.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SSA_DIR") ?? ".",
        HelpName = "FOLDER",
    };

    public static NodeFolder Folder(this ParseResult parsed, Option<string> dir) => new(parsed.GetValue(dir)!);
}
