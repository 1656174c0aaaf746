using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>What a terminal can show, and what a file or a pipe should get.</summary>
internal static class Terminals
{
    private const int FileWidth = 200;

    /// <summary>A file or a pipe gets plain text as wide as it needs; colour is left out where NO_COLOR asks for it.</summary>
    public static void Adapt(Profile profile, bool isRedirected)
    {
        if (isRedirected)
        {
            profile.Width = FileWidth;
            profile.Capabilities.Ansi = false;
            profile.Capabilities.Interactive = false;
        }
        if (isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }) profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }
}
