using System.Globalization;

namespace SsaShare.Signing;

/// <summary>What a log lost when its database was restored from a backup: where it stood then, and how far others had seen it. With <see cref="KeyEvent.LogSize"/> it says from where the log goes on under its new name.</summary>
/// <param name="Root">Root of the restored log's tree of <see cref="KeyEvent.LogSize"/> entries.</param>
/// <param name="HeldSize">Entries up to which the restored log is known to be the old one: of the largest checkpoint of the old name that it contains; 0 for none.</param>
/// <param name="HeldAt">When the last of these entries was logged, by the node's clock: UTC, whole seconds; what was logged from then until <see cref="KeyEvent.Effective"/> may be lost. 1970-01-01 for none.</param>
/// <param name="SeenSize">Entries of the largest checkpoint of the old name that others hold, or the node's own folder. The entries between the two sizes are lost to this log.</param>
/// <param name="SeenRoot">Root of that checkpoint.</param>
public sealed record LogCut(Hash256 Root, long HeldSize, DateTimeOffset HeldAt, long SeenSize, Hash256 SeenRoot)
{
    /// <summary>How many entries of the old log are not known to be in the restored one.</summary>
    public long LostEntries => SeenSize - HeldSize;

    /// <summary>The name of a log that goes on after a restore: "NAME/2", then "NAME/3" and so on.</summary>
    /// <param name="name">The name so far.</param>
    public static string NextName(string name)
    {
        int slash = name.LastIndexOf('/');
        return slash >= 0 && int.TryParse(name.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 2 and < int.MaxValue && name[slash + 1] != '0'
            ? string.Create(CultureInfo.InvariantCulture, $"{name[..slash]}/{number + 1}")
            : $"{name}/2";
    }

    /// <summary>Why this cannot be of a restored log of that many entries; null when it can.</summary>
    internal string? WhatIsWrong(long logSize)
        => HeldSize < 0 || HeldSize > logSize ? "The log is known to be the old one for more entries than it has."
            : SeenSize <= HeldSize ? "Nothing is lost: nobody has seen more of the log than it holds."
            : null;
}
