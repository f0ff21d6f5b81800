using System.CommandLine;

namespace Engagement.Cli;

/// <summary><c>engagement completion</c>: prints the script that makes a shell complete commands, options and values. The script asks the tool itself.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _engagement() {
          local line="${COMP_LINE:0:COMP_POINT}"
          local rest="${line#*[[:space:]]}" word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
          COMPREPLY=($(compgen -W "$(engagement "[suggest:${#rest}]" "$rest" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _engagement engagement
        """;

    private const string Zsh = """
        #compdef engagement
        _engagement() {
          local rest="${(j: :)words[2,CURRENT]}"
          local -a found
          found=("${(@f)$(engagement "[suggest:${#rest}]" "$rest" 2>/dev/null)}")
          [[ -n "$found" ]] && compadd -- $found || _files
        }
        compdef _engagement engagement
        """;

    private const string Fish = """
        function __engagement_complete
          set -l rest (commandline -cp | string replace -r '^\S+\s?' '')
          engagement "[suggest:"(string length -- "$rest")"]" "$rest" 2>/dev/null
        end
        complete -c engagement -a '(__engagement_complete)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName engagement -ScriptBlock {
          param($word, $ast, $position)
          $rest = $ast.ToString().PadRight($position).Substring(0, $position) -replace '^\S+\s?', ''
          engagement "[suggest:$($rest.Length)]" "$rest" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell: bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", """
            Print a script that lets a shell complete commands, options and their values.

            Example: eval "$(engagement completion bash)"
            Example: engagement completion fish > ~/.config/fish/completions/engagement.fish
            """)
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            string script = parsed.GetRequiredValue(shell) switch { "zsh" => Zsh, "fish" => Fish, "pwsh" => PowerShell, _ => Bash };
            parsed.InvocationConfiguration.Output.Write($"{script.ReplaceLineEndings("\n")}\n");
            return Program.Success;
        });
        return command;
    }
}
