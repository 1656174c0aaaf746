using System.Globalization;
using System.Text.RegularExpressions;

namespace SsaShare.Architecture.Tests.Events;

/// <summary>One log message as its [LoggerMessage] attribute and method declare it.</summary>
internal sealed partial record LogEvent(int Id, string Level, string Name, string Message, string File)
{
    public const string Attribute = "[LoggerMessage";

    /// <summary>Those of one file, in order of appearance; an attribute in another form than ours is not among them.</summary>
    public static IEnumerable<LogEvent> In(string file)
        => Declaration().Matches(Repository.Read(file)).Select(match => new LogEvent(
            int.Parse(match.Groups["id"].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["level"].Value,
            match.Groups["name"].Value,
            string.Concat(Literal().Matches(match.Groups["message"].Value).Select(part => Regex.Unescape(part.Groups["text"].Value))),
            file));

    [GeneratedRegex(@"
        \[LoggerMessage\(\s* EventId\s*=\s*(?<id>\d+),\s* Level\s*=\s*LogLevel\.(?<level>\w+),\s*
        Message\s*=\s*(?<message>""(?:[^""\\]|\\.)*""(?:\s*\+\s*""(?:[^""\\]|\\.)*"")*)\s*\)\]
        [^;{]*?\bpartial\s+void\s+(?<name>\w+)\s*\(", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"""(?<text>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Literal();
}
