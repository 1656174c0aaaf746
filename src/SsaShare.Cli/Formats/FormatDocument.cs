using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The parts of docs/formats.md that are made, not written.</summary>
internal static class FormatDocument
{
    public static IEnumerable<string> Tables() => [];

    public static IEnumerable<string> Report(DirectoryInfo folder, CancellationToken cancellationToken) => [];
}
