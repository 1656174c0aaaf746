using System.Globalization;
using Microsoft.Extensions.Configuration;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>A folder from which the node takes files to publish. Without one it takes none.</summary>
/// <param name="Folder">Holds incoming/, working/, done/ and refused/, which the node makes.</param>
/// <param name="Label">Of files that bring none of their own.</param>
/// <param name="Settle">A file is taken when neither it nor the label beside it has changed for so long since the node first saw it. Default 2 s, up to 1 h; 0 where every writer renames whole files into the folder, labels first.</param>
/// <param name="Poll">How often the node looks. Default 1 s, from 100 ms to 1 h.</param>
public sealed record FolderOptions(string Folder, Label Label, TimeSpan Settle, TimeSpan Poll)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Reads the settings Ingest:Folder, Ingest:Settle, Ingest:Poll and Ingest:Label:Level, Mode, ReleasableTo and OriginatorControlled.</summary>
    /// <param name="nodeFolder">What a relative folder is relative to.</param>
    /// <returns>Null when no folder is set.</returns>
    /// <exception cref="InvalidDataException">A setting is not of its form; the message names it.</exception>
    public static FolderOptions? Read(IConfiguration configuration, string nodeFolder)
    {
        if (configuration["Ingest:Folder"] is not { Length: > 0 } folder) return null;
        var words = new LabelWords
        {
            Level = configuration["Ingest:Label:Level"], Mode = configuration["Ingest:Label:Mode"], ReleasableTo = configuration["Ingest:Label:ReleasableTo"],
            // A setting that is true in JSON comes as True.
            OriginatorControlled = configuration["Ingest:Label:OriginatorControlled"]?.ToLowerInvariant(),
        };
        if (!words.TryRead(out var label, out string? fault)) throw new InvalidDataException($"Ingest:Label: {fault}");
        return new FolderOptions(Path.GetFullPath(folder, Path.GetFullPath(nodeFolder)), label,
            ReadTime(configuration, "Ingest:Settle", TimeSpan.FromSeconds(2), TimeSpan.Zero), ReadTime(configuration, "Ingest:Poll", TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)));
    }

    private static TimeSpan ReadTime(IConfiguration configuration, string name, TimeSpan otherwise, TimeSpan least)
        => configuration[name] is not { Length: > 0 } given ? otherwise
            : TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var time) && time >= least && time <= Longest ? time
            : throw new InvalidDataException($"{name} is '{given}'; expected hours, minutes and seconds such as 00:00:02, from {least} to {Longest}.");
}
