//! Small expressions over numeric fields: `value * max(confidence, 0.5) + 3`.
//!
//! ```text
//! sum     = product { ( "+" | "-" ) product }
//! product = factor { ( "*" | "/" ) factor }
//! factor  = number | field | "-" factor | "(" sum ")" | ( "min" | "max" ) "(" sum { "," sum } ")"
//! ```
//!
//! There is nothing else: no calls, no loops, no names but fields. The nesting is limited, so that no
//! text takes the program down.

use std::fmt;

/// How deep parentheses may be nested.
const DEEPEST: usize = 50;

/// How many numbers, fields and signs an expression may have.
const LONGEST: usize = 500;

/// An expression, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// Its words as they were written.
    tokens: Vec<Token>,
    root: Node,
}

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// The character at which it is, from 1.
    pub column: usize,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.message, self.column)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Word(String),
    Sign(char),
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Field(String),
    Negative(Box<Node>),
    Pair(char, Box<Node>, Box<Node>),
    Least(Vec<Node>),
    Most(Vec<Node>),
}

impl Expression {
    /// The expression in `text`.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let tokens = tokens(text)?;
        if tokens.len() > LONGEST {
            let message = format!("the expression has more than {LONGEST} parts");
            return Err(Wrong { message, column: 1 });
        }
        let end = text.chars().count() + 1;
        let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, end };
        let root = parser.sum()?;
        match parser.peek() {
            None => Ok(Self { root, tokens: tokens.into_iter().map(|(token, _)| token).collect() }),
            Some(_) => Err(parser.wrong("an operator is missing")),
        }
    }

    /// The fields that it names, each once, in their order.
    pub fn fields(&self) -> Vec<String> {
        let mut fields: Vec<String> = Vec::new();
        for token in &self.tokens {
            if let Token::Word(word) = token
                && !is_function(word)
                && !fields.contains(word)
            {
                fields.push(word.clone());
            }
        }
        fields
    }

    /// Its value; or why it has none.
    pub fn value(&self, field: &dyn Fn(&str) -> Option<f64>) -> Result<f64, String> {
        let value = value(&self.root, field)?;
        match value.is_finite() {
            true => Ok(value),
            false => Err("the score is no number that can be written".to_owned()),
        }
    }

    /// The expression with the fields replaced.
    pub fn written(&self, field: &dyn Fn(&str) -> Option<String>) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            match token {
                Token::Number(number) => text.push_str(&number.to_string()),
                Token::Word(word) => {
                    text.push_str(&field(word).unwrap_or_else(|| word.clone()));
                }
                Token::Sign(sign @ ('+' | '-' | '*' | '/')) => {
                    let sign = if *sign == '*' { '×' } else { *sign };
                    text.push_str(&format!(" {sign} "));
                }
                Token::Sign(',') => text.push_str(", "),
                Token::Sign(sign) => text.push(*sign),
            }
        }
        text
    }
}

fn is_function(word: &str) -> bool {
    matches!(word, "min" | "max")
}

fn value(node: &Node, field: &dyn Fn(&str) -> Option<f64>) -> Result<f64, String> {
    let all = |nodes: &[Node]| -> Result<Vec<f64>, String> {
        nodes.iter().map(|node| value(node, field)).collect()
    };
    Ok(match node {
        Node::Number(number) => *number,
        Node::Field(name) => field(name).ok_or_else(|| format!("no {name}"))?,
        Node::Negative(node) => -value(node, field)?,
        Node::Least(nodes) => all(nodes)?.into_iter().fold(f64::INFINITY, f64::min),
        Node::Most(nodes) => all(nodes)?.into_iter().fold(f64::NEG_INFINITY, f64::max),
        Node::Pair(sign, left, right) => {
            let (left, right) = (value(left, field)?, value(right, field)?);
            match sign {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                _ if right == 0.0 => return Err("it divides by zero".to_owned()),
                _ => left / right,
            }
        }
    })
}

/// The words of a text, each with its column.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, Wrong> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let start = at;
        let mut taken = |is: fn(char) -> bool| -> String {
            let word: String = letters[at..].iter().take_while(|it| is(**it)).collect();
            at += word.chars().count();
            word
        };
        let token = match letter {
            _ if letter.is_whitespace() => {
                at += 1;
                continue;
            }
            '0'..='9' | '.' => {
                let word = taken(|it| it.is_ascii_digit() || it == '.');
                let number = word.parse().map_err(|_| Wrong {
                    message: format!("'{word}' is not a number"),
                    column: start + 1,
                })?;
                Token::Number(number)
            }
            _ if letter.is_alphabetic() || letter == '_' => {
                Token::Word(taken(|it| it.is_alphanumeric() || it == '_'))
            }
            '+' | '-' | '*' | '/' | '(' | ')' | ',' => {
                at += 1;
                Token::Sign(letter)
            }
            _ => {
                let message = format!("unexpected '{letter}'");
                return Err(Wrong { message, column: start + 1 });
            }
        };
        tokens.push((token, start + 1));
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [(Token, usize)],
    at: usize,
    depth: usize,
    /// The column after the last character.
    end: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn wrong(&self, message: impl Into<String>) -> Wrong {
        let column = self.tokens.get(self.at).map_or(self.end, |(_, column)| *column);
        Wrong { message: message.into(), column }
    }

    /// Takes one of these signs, if it is next.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let Some(&Token::Sign(sign)) = self.peek() else { return None };
        signs.contains(&sign).then(|| {
            self.at += 1;
            sign
        })
    }

    fn sum(&mut self) -> Result<Node, Wrong> {
        self.chain(&['+', '-'], Self::product)
    }

    fn product(&mut self) -> Result<Node, Wrong> {
        self.chain(&['*', '/'], Self::factor)
    }

    fn chain(
        &mut self,
        signs: &[char],
        part: fn(&mut Self) -> Result<Node, Wrong>,
    ) -> Result<Node, Wrong> {
        let mut node = part(self)?;
        while let Some(sign) = self.sign(signs) {
            node = Node::Pair(sign, Box::new(node), Box::new(part(self)?));
        }
        Ok(node)
    }

    fn factor(&mut self) -> Result<Node, Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("the expression is nested too deep"));
        }
        let node = self.inner();
        self.depth -= 1;
        node
    }

    fn inner(&mut self) -> Result<Node, Wrong> {
        if self.sign(&['-']).is_some() {
            return Ok(Node::Negative(Box::new(self.factor()?)));
        }
        if self.sign(&['(']).is_some() {
            let node = self.sum()?;
            return self.closed(node);
        }
        let node = match self.peek() {
            Some(Token::Number(number)) => Node::Number(*number),
            Some(Token::Word(word)) if is_function(word) => return self.function(),
            Some(Token::Word(word)) => Node::Field(word.clone()),
            _ => return Err(self.wrong("a number or a field is missing")),
        };
        self.at += 1;
        Ok(node)
    }

    fn function(&mut self) -> Result<Node, Wrong> {
        let is_least = self.peek() == Some(&Token::Word("min".to_owned()));
        self.at += 1;
        if self.sign(&['(']).is_none() {
            return Err(self.wrong("a parenthesis is missing"));
        }
        let mut nodes = vec![self.sum()?];
        while self.sign(&[',']).is_some() {
            nodes.push(self.sum()?);
        }
        self.closed(if is_least { Node::Least(nodes) } else { Node::Most(nodes) })
    }

    fn closed(&mut self, node: Node) -> Result<Node, Wrong> {
        match self.sign(&[')']) {
            Some(_) => Ok(node),
            None => Err(self.wrong("a parenthesis is not closed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let field = |name: &str| match name {
            "value" => Some(8.0),
            "effort" => Some(3.0),
            "nothing" => Some(0.0),
            _ => None,
        };
        let found = match Expression::parse(text) {
            Ok(it) => it.value(&field).map_or_else(|why| why, |value| value.to_string()),
            Err(wrong) => wrong.to_string(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn computes_as_people_do() {
        check("1 + 2 * 3", "7");
        check("(1 + 2) * 3", "9");
        check("8 - 2 - 1", "5");
        check("8 / 2 / 2", "2");
        check("-value + 10", "2");
        check("2 * -3", "-6");
        check("min(value, effort, 5) + max(1, effort)", "6");
        check("value*effort", "24");
        check(".5 * value", "4");
    }

    #[test]
    fn says_why_there_is_no_value() {
        check("value / nothing", "it divides by zero");
        check("value + colour", "no colour");
    }

    #[test]
    fn points_at_what_it_does_not_understand() {
        check("", "a number or a field is missing at character 1");
        check("value +", "a number or a field is missing at character 8");
        check("(value", "a parenthesis is not closed at character 7");
        check("value effort", "an operator is missing at character 7");
        check("value)", "an operator is missing at character 6");
        check("value % 2", "unexpected '%' at character 7");
        check("1.2.3", "'1.2.3' is not a number at character 1");
        check("min value", "a parenthesis is missing at character 5");
        check("exec('rm')", "unexpected ''' at character 6");
        check("ä ; b", "unexpected ';' at character 3");
    }

    #[test]
    fn deep_and_long_texts_are_errors_and_no_crash() {
        check(&"(".repeat(100_000), "the expression has more than 500 parts at character 1");
        check(&"(".repeat(100), "the expression is nested too deep at character 51");
        check(&"-".repeat(100), "the expression is nested too deep at character 51");
    }

    #[test]
    fn is_written_with_numbers() {
        let it = Expression::parse("value*max( effort,1 ) - 2").unwrap();
        assert_eq!(
            it.written(&|field| (field == "value").then(|| "8".to_owned())),
            "8 × max(effort, 1) - 2"
        );
        assert_eq!(it.fields(), ["value", "effort"]);
    }
}
