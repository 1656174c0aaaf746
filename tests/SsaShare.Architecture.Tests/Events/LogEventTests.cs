using System.Globalization;
using System.Text;

namespace SsaShare.Architecture.Tests.Events;

/// <summary>Log event ids are permanent: unique, written down for operators, never used again for something else.</summary>
public sealed class LogEventTests
{
    private const string Page = "docs/events.md";

    private static readonly IReadOnlyList<string> Files = [.. Repository.FilesUnder("src", ".cs")];

    private static readonly IReadOnlyList<LogEvent> Events = [.. Files.SelectMany(LogEvent.In).OrderBy(one => one.Id)];

    [Fact]
    public void Declarations_OfAllMessages_AreReadByTheseTests()
    {
        int declared = Files.Sum(file => Repository.Read(file).Split(LogEvent.Attribute).Length - 1);
        Assert.Equal(declared, Events.Count);
        Assert.NotEmpty(Events);
    }

    [Fact]
    public void Ids_OfAllMessages_AreUnique()
        => Findings.None(Events.GroupBy(one => one.Id).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(one => $"{one.Name} in {one.File}"))}"));

    [Fact]
    public void Page_ListsEveryMessage()
    {
        string expected = Written();
        string there = Repository.Files.Contains(Page) ? Repository.Read(Page) : "";
        if (there != expected)
        {
            string rewritten = Path.Combine(Repository.Root, "artifacts", "events.md");
            Directory.CreateDirectory(Path.GetDirectoryName(rewritten)!);
            File.WriteAllText(rewritten, expected);
            Assert.Fail($"{Page} is behind src: cp artifacts/events.md {Page}");
        }
    }

    private static string Written()
    {
        var page = new StringBuilder("""
            # Log events

            Every message of the hosts, by its permanent event id. An id is never used again for something else. Alarms and
            dashboards should go by id, not by text. Words in braces are the fields of the structured log entry.

            | id | level | event | message | from |
            |---:|---|---|---|---|

            """);
        foreach (LogEvent one in Events)
        {
            string message = one.Message.Replace("|", "\\|", StringComparison.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {one.Id} | {one.Level} | {one.Name} | {message} | {one.File.Split('/')[1]} |\n");
        }

        return page.ToString();
    }
}
