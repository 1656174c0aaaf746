using System.CommandLine;
using SsaShare.Cli;
using Spectre.Console;

// A file or a pipe has no width: tables are then as wide as they need.
if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 200;

var root = new RootCommand("SsaShare: nodes of partners that share space situational awareness data under signed agreements.")
{
    NodeCommands.Create(),
    FusionCommands.Create(),
    PeerCommands.Create(),
    SensorCommands.Create(),
    PublishCommand.Create(),
    AgreementCommands.Create(),
    CatalogCommands.Create(),
    AuditCommands.Create(),
    DemoCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
