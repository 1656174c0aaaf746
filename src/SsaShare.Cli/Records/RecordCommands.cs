using System.CommandLine;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa record ...</summary>
internal static class RecordCommands
{
    public static Command Create() => new("record", "Correct, withdraw or recall records after they were given, and see who has done what about it.")
    {
        NoticeCommand.Create("correct", NoticeAction.Correct, "Say that records were wrong. Whoever has them uses them no more and keeps them for audit; publish what takes their place before.",
            "ssa record correct 9f31c07a --replacement 5b20de11 --reason \"range bias\" --dir atlantic"),
        NoticeCommand.Create("withdraw", NoticeAction.Withdraw, "Say that records count no more. Whoever has them uses them no more and keeps them for audit.",
            "ssa record withdraw --sensor ASCENSION --since 2026-11-01 --until 2026-11-03 --reason \"antenna out of alignment\" --dir atlantic"),
        NoticeCommand.Create("recall", NoticeAction.Recall, "Have records deleted wherever they went, in every form. What this node published itself stays here.",
            "ssa record recall --file passes.tdm --reason \"released by mistake\" --dir atlantic"),
        Notices(),
        Show(),
    };

    private static Command Notices()
    {
        var dir = NodeOptions.Dir();
        var pending = new Option<bool>("--pending") { Description = "Only those that somebody has still to carry out." };
        var count = new Option<int>("--count", "-n") { Description = "How many, the newest first; 0 lists all.", DefaultValueFactory = _ => 100 };
        return new Command("notices", "List notices, own and others', with who has carried each out and who is pending.\n\nExamples:\n  ssa record notices --dir atlantic\n  ssa record notices --pending --dir atlantic") { pending, count, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                int left = parsed.GetValue(count) > 0 ? parsed.GetValue(count) : int.MaxValue;
                var request = new ListNoticesRequest { PendingOnly = parsed.GetValue(pending) };
                do
                {
                    request.PageSize = Math.Min(left, 1_000);
                    var page = await client.Admin.ListNoticesAsync(request, cancellationToken: cancellationToken);
                    foreach (string line in page.Notices.SelectMany(RecordText.Lines)) Console.WriteLine(line);
                    left -= page.Notices.Count;
                    request.BeforeLogIndex = page.NextBeforeLogIndex;
                }
                while (left > 0 && request.BeforeLogIndex > 0);
                return ExitCodes.Ok;
            });
    }

    private static Command Show()
    {
        var dir = NodeOptions.Dir();
        var record = new Argument<string>("RECORD") { Description = "The record's id, its first 8 or more digits, or PUBLICATION/INDEX." };
        return new Command("show", "Show what this node knows of a record: where it came from, to whom it went, and what was asked of those who have it.\n\nExample:\n  ssa record show 9f31c07a --dir atlantic") { record, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.GetRecordAsync(new() { Record = parsed.GetValue(record) }, cancellationToken: cancellationToken);
                foreach (string line in RecordText.Lines(answer)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }
}
